/** Brings the demo newsroom in, through the same stores that editors write to. A second time it adds nothing. */
import type { Database } from "bun:sqlite";
import { type Clock, dayMs, rfc3339 } from "../../base/clock.ts";
import { assert, OperatorError } from "../../base/errors.ts";
import { type Random, systemRandom } from "../../base/random.ts";
import type { Config } from "../../config/settings.ts";
import type { LanguageTag } from "../../language/tags.ts";
import { createMaterial, type MaterialStore } from "../../material/store.ts";
import { createPeople, type People } from "../../people/store.ts";
import type { Pieces, Stepped } from "../../pieces/api.ts";
import { pathOf } from "../../pieces/path.ts";
import { siteNames, type Text } from "../../pieces/piece.ts";
import { createPieces } from "../../pieces/store.ts";
import type { DemoMaterial, DemoPiece, DemoText } from "./demo.ts";
import { blog } from "./blog.ts";
import { busAttack } from "./bus-attack.ts";
import { checkingVideos } from "./checking-videos.ts";
import { march } from "./march.ts";
import { materials } from "./material.ts";
import { bylines, sections, tags } from "./newsroom.ts";
import { pages } from "./pages.ts";
import { settled } from "./settle.ts";
import { town } from "./town.ts";
import { unpublished } from "./unpublished.ts";
import { water } from "./water.ts";

export const demoPieces: readonly DemoPiece[] = [
  march,
  busAttack,
  checkingVideos,
  ...water,
  ...town,
  ...pages,
  ...unpublished,
  ...blog,
];

export interface DemoOptions {
  readonly config: Pick<Config, "site">;
  readonly clock: Clock;
  readonly random?: Random;
}

const weekMs = 7 * dayMs;
/** The day after everything in the demo has happened, by its own account. */
const demoEnd = Date.parse("2026-05-19T00:00:00Z");
/** How long the story for later waits, from the day that the demo is brought in. */
const scheduledAfterMs = 30 * dayMs;

/** One transaction. `added`: how many pieces. Throws OperatorError where there are texts and none of them is the demo's. */
export function loadDemo(
  database: Database,
  { config, clock, random = systemRandom }: DemoOptions,
): { readonly added: number } {
  const options = { clock, random, timeZone: config.site.time_zone };
  const newsroom: Newsroom = {
    pieces: createPieces(database, options),
    people: createPeople(database, options),
    material: createMaterial(database, options),
    timeZone: options.timeZone,
    nowMs: clock.nowMs(),
  };
  return database.transaction(() => {
    refuseForeign(database, newsroom.pieces);
    return load(newsroom);
  })();
}

/** Nobody wants invented people in a real newspaper. What came in after the demo is welcome. */
function refuseForeign(database: Database, pieces: Pieces): void {
  const isEmpty = database.query("SELECT 1 FROM piece LIMIT 1").get() === null;
  if (isEmpty || demoPieces.some(({ name }) => pieces.pieceByOrigin(originOf(name)) !== undefined)) return;
  throw new OperatorError("this newsroom holds texts of its own: the demo goes into an empty one", {
    hint: "leave --demo out, or name another folder with --data",
    exitCode: 2,
  });
}

function originOf(name: string): string {
  return `demo:${name}`;
}

interface Newsroom {
  readonly pieces: Pieces;
  readonly people: People;
  readonly material: MaterialStore;
  readonly timeZone: string;
  readonly nowMs: number;
}

function load(newsroom: Newsroom): { readonly added: number } {
  const { pieces, people } = newsroom;
  for (const site of siteNames) {
    for (const tag of tags) pieces.addTag({ site, ...tag });
  }
  for (const section of sections) pieces.addSection({ site: "portal", ...section });
  const bylineIds = new Map(bylines.map((byline) => [byline.slug, people.addByline(byline).byline.id]));
  const materialIds = new Map(materials.map((each) => [each.name, addMaterial(each, newsroom)]));
  const added = demoPieces.filter((piece) => addPiece(piece, newsroom, bylineIds, materialIds));
  return { added: added.length };
}

type Ids = ReadonlyMap<string, string>;

function addMaterial({ name, findings, ...material }: DemoMaterial, newsroom: Newsroom): string {
  const store = newsroom.material;
  const result = store.addMaterial(material, originOf(name));
  if (!result.added) return result.material.id;
  for (const finding of findings) {
    const noted = store.addFinding(result.material.id, { ...finding, at: momentOf(finding.at, newsroom) });
    assert(noted.outcome === "noted", `the demo's finding on ${name} is taken`);
  }
  return result.material.id;
}

/** False where it is there already. */
function addPiece(demo: DemoPiece, newsroom: Newsroom, bylineIds: Ids, materialIds: Ids): boolean {
  const { piece, added } = newsroom.pieces.addPiece({
    site: demo.site,
    kind: demo.kind,
    section: demo.section ?? null,
    tags: demo.tags ?? [],
    bylines: (demo.bylines ?? []).map((slug) => idOf(bylineIds, slug)),
    origin: originOf(demo.name),
  });
  if (!added) return false;
  let sourceRevision: string | null = null;
  for (const [language, words] of textsOf(demo)) {
    const names = {
      pathOf: (name: string) => pathFor(name, language, newsroom),
      materialId: (name: string) => idOf(materialIds, name),
    };
    const { title, standfirst, slug } = words;
    const body = { version: 1 as const, doc: { type: "doc" as const, content: settled(words.body, names) } };
    const content = { title, standfirst, body };
    const { text } = newsroom.pieces.addText({
      pieceId: piece.id,
      language,
      slug,
      content,
      workflow: "ready",
      sourceRevision,
    });
    sourceRevision ??= text.workingRevision;
    takeSteps(demo, text, newsroom);
  }
  return true;
}

function takeSteps(demo: DemoPiece, text: Text, newsroom: Newsroom): void {
  const { pieces } = newsroom;
  const step = firstStep(demo, text.id, newsroom);
  assert(step.outcome === "done", `the demo's ${demo.name} is ${demo.state ?? "published"}`);
  if (demo.state === "withdrawn") pieces.withdraw(text.id);
  for (const { kind, at, note } of demo.corrections ?? []) {
    const words = note[text.language];
    if (words !== undefined) pieces.addCorrection(text.id, { kind, at: momentOf(at, newsroom), note: words });
  }
}

function firstStep(demo: DemoPiece, textId: string, newsroom: Newsroom): Stepped {
  const { pieces, nowMs } = newsroom;
  switch (demo.state) {
    case "private":
      return pieces.makePrivate(textId);
    case "scheduled":
      return pieces.schedule(textId, rfc3339(nowMs + scheduledAfterMs));
    default:
      return pieces.publish(textId, momentOf(demo.at, newsroom));
  }
}

/** In the language of the text that links, else in the one that was written first. */
function pathFor(name: string, language: LanguageTag, newsroom: Newsroom): string | undefined {
  const demo = demoPieces.find((piece) => piece.name === name);
  assert(demo, `the demo has a piece "${name}"`);
  if (demo.state !== undefined) return undefined;
  const [found] = textsOf(demo).toSorted(
    ([left], [right]) => Number(right === language) - Number(left === language),
  );
  if (found === undefined) return undefined;
  return pathOf({
    kind: demo.kind,
    language: found[0],
    slug: found[1].slug,
    publishedAt: momentOf(demo.at, newsroom),
    timeZone: newsroom.timeZone,
  });
}

function textsOf(demo: DemoPiece): [LanguageTag, DemoText][] {
  return Object.entries(demo.texts) as [LanguageTag, DemoText][];
}

/** Fixed, so that the demo's pages are the same everywhere; on a clock that stands before them, whole weeks earlier. */
function momentOf(at: string, { nowMs }: Newsroom): string {
  const weeks = Math.max(0, Math.ceil((demoEnd - nowMs) / weekMs));
  return rfc3339(Date.parse(at) - weeks * weekMs);
}

function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  assert(id, `the demo knows "${name}"`);
  return id;
}
