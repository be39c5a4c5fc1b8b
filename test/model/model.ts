/** A newsroom's model in a database in memory, with a clock and randomness of its own, for tests. */
import { sha256, utf8 } from "../../src/base/bytes.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { feature as media } from "../../src/media/feature.ts";
import { fileName, type Picture, type Shape } from "../../src/media/picture.ts";
import { insertPicture } from "../../src/media/rows.ts";
import { feature as material } from "../../src/material/feature.ts";
import { createMaterial } from "../../src/material/store.ts";
import { feature as people } from "../../src/people/feature.ts";
import { createPeople } from "../../src/people/store.ts";
import type { Pieces } from "../../src/pieces/api.ts";
import type { Block, Body } from "../../src/pieces/body.ts";
import { feature as pieces } from "../../src/pieces/feature.ts";
import type { Content } from "../../src/pieces/piece.ts";
import { createPieces } from "../../src/pieces/store.ts";
import { openDatabase } from "../../src/store/database.ts";

/** Of every folder whose tables the model lies in. */
export const modelMigrations = [people, media, material, pieces].flatMap(({ migrations }) => migrations);

/** Mamfakinch!'s own day. */
export const modelStart = Date.parse("2011-07-31T14:00:00Z");

export function createModel(startMs = modelStart) {
  const clock = new ManualClock(startMs);
  const random = seededRandom(20110731);
  const database = openDatabase(":memory:", modelMigrations);
  const options = { clock, random, timeZone: "Africa/Casablanca" };
  return {
    clock,
    database,
    people: createPeople(database, options),
    material: createMaterial(database, options),
    pieces: createPieces(database, options),
  };
}
/** A picture that was taken in; each of its files holds its own name. */
export function addPicture({ database }: Pick<Model, "database">, id: string, animated = false): Picture {
  const shapes: Shape[] = [
    { type: "image/webp", width: 480, height: 320 },
    { type: "image/webp", width: 960, height: 640 },
    { type: "image/jpeg", width: 960, height: 640 },
  ];
  const variants = shapes.map((shape) => {
    const file = utf8(fileName(id, shape));
    return Object.assign(shape, { bytes: file.length, sha256: sha256(file) });
  });
  const picture = { id, createdAt: "2011-07-31T14:00:00.000Z", createdBy: null, animated, variants };
  insertPicture(database, picture);
  return picture;
}

export type Model = ReturnType<typeof createModel>;

export function bodyOf(...blocks: readonly Block[]): Body {
  return { version: 1, doc: { type: "doc", content: blocks } };
}

/** A body of plain paragraphs. */
export function paragraphs(...texts: readonly string[]): Body {
  return bodyOf(
    ...texts.map((text, at): Block => ({
      type: "paragraph",
      attrs: { id: `p${at}` },
      content: text === "" ? [] : [{ type: "text", text }],
    })),
  );
}

/** A story in French, published as an editor would have done it. Returns its path. */
export function publishStory(store: Pieces, title: string): string {
  const { piece } = store.addPiece({ site: "portal", kind: "story" });
  const content = contentOf(title);
  const { text } = store.addText({ pieceId: piece.id, language: "fr", content, workflow: "ready" });
  const step = store.publish(text.id);
  if (step.outcome !== "done" || step.text.path === null) throw new Error(`"${title}" was not published`);
  return step.text.path;
}

export function contentOf(title: string, standfirst = "", body = paragraphs(`${title}.`)): Content {
  return { title, standfirst, body };
}
