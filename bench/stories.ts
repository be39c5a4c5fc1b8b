/** A newsroom with thousands of stories to measure with: three languages, sections, tags and bylines, bodies of some paragraphs. */
import type { Database } from "bun:sqlite";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { below, seededRandom, systemRandom } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { defaultConfig } from "../src/config/load.ts";
import { openNewsroom } from "../src/newsroom/newsroom.ts";
import type { Block } from "../src/pieces/body.ts";
import { createPieces } from "../src/pieces/store.ts";

const languages = ["ar", "fr", "en"] as const;
const sections = ["rif", "marche", "justice", "culture"];
const tags = ["hirak", "feb20", "education", "eau", "rabat", "presse"];
const words =
  "les citoyens marchent vers la place et demandent que la parole soit libre dans chaque ville du pays".split(
    " ",
  );
const dayMs = 24 * 60 * 60 * 1_000;

export interface Stories {
  /** Stores one more story as an editor would; returns its path on the portal. */
  add(at: number): string;
}

export function storiesIn(database: Database): Stories {
  const pieces = createPieces(database, { clock: systemClock, random: systemRandom, timeZone: "UTC" });
  const random = seededRandom(20110731);
  for (const slug of sections)
    pieces.addSection({ site: "portal", slug, names: { fr: slug, ar: slug, en: slug } });
  for (const slug of tags) pieces.addTag({ site: "portal", slug, names: { fr: slug, ar: slug, en: slug } });
  const some = (list: readonly string[]): string => list[below(random, list.length)] ?? "";
  const sentence = (length: number): string => Array.from({ length }, () => some(words)).join(" ");
  const block = (at: number): Block => ({
    type: "paragraph",
    attrs: { id: `p${at}` },
    content: [{ type: "text", text: `${sentence(70)}.` }],
  });
  return {
    add(at) {
      const { piece } = pieces.addPiece({
        site: "portal",
        kind: "story",
        section: some(sections),
        tags: [some(tags)],
      });
      const body = {
        version: 1 as const,
        doc: { type: "doc" as const, content: Array.from({ length: 6 }, (_, n) => block(n)) },
      };
      const content = { title: `${sentence(6)} ${at}`, standfirst: sentence(20), body };
      const language = languages[at % languages.length] ?? "fr";
      const { text } = pieces.addText({ pieceId: piece.id, language, content, workflow: "ready" });
      const day = systemClock.nowMs() - below(random, 600) * dayMs - 1_000;
      const step = pieces.publish(text.id, rfc3339(at < 0 ? systemClock.nowMs() : day));
      if (step.outcome !== "done" || step.text.path === null) throw new Error("the story is not published");
      return step.text.path;
    },
  };
}

/** Stores so many and publishes the first edition, so that a newsroom starts there as on any other day. */
export async function publishStories(root: string, count: number): Promise<void> {
  const startedMs = performance.now();
  await using newsroom = await openNewsroom({
    config: defaultConfig(),
    data: dataFolder(root),
    log: silentLog,
    clock: systemClock,
    onPublished: () => {},
  });
  const stories = storiesIn(newsroom.database);
  newsroom.database.transaction(() => {
    for (let at = 0; at < count; at += 1) stories.add(at);
  })();
  const storedMs = performance.now();
  const { edition, rendered } = await newsroom.publisher.publish();
  const ms = Math.round(performance.now() - storedMs);
  console.log(`${count} stories stored in ${Math.round(storedMs - startedMs)} ms`);
  console.log(`first edition: ${rendered} pages rendered, ${edition?.bytes} bytes, ${ms} ms`);
}
