/** How long the site takes from the database to the pages of one new story among two thousand: `bun bench/render-one-story.ts`. */
import { contentOf, createModel, paragraphs } from "../test/model/model.ts";
import { sourceOf } from "../test/model/render.ts";
import { addressKey, type PageRecord } from "../src/publishing/records.ts";
import { render } from "../src/publishing/render.ts";
import { createSite } from "../src/site/site.tsx";

const stories = 2_000;
const rounds = 7;
const paragraph = "تجمّع آلاف المتظاهرين منذ الثانية بعد الظهر في باب الأحد بالرباط. ".repeat(6);

const model = createModel(Date.parse("2013-07-31T14:00:00Z"));
const { pieces, people, clock } = model;
for (let at = 0; at < 4; at += 1) {
  pieces.addSection({ site: "portal", slug: `s${at}`, names: { ar: `قسم ${at}` } });
}
for (let at = 0; at < 60; at += 1) {
  pieces.addTag({ site: "portal", slug: `t${at}`, names: { ar: `وسم ${at}` } });
}
const bylines = Array.from(
  { length: 12 },
  (_, at) => people.addByline({ slug: `b${at}`, names: { ar: `كاتب ${at}` } }).byline.id,
);

function publishStory(number: number, atMs: number): void {
  const { piece } = pieces.addPiece({
    site: "portal",
    kind: "story",
    section: `s${number % 4}`,
    tags: [`t${number % 60}`, `t${(number * 7 + 1) % 60}`],
    bylines: bylines.slice(number % 12, (number % 12) + 1),
  });
  const body = paragraphs(...Array.from({ length: 8 }, () => paragraph));
  const content = contentOf(`عنوان الخبر رقم ${number}`, "سطران يلخّصان الخبر للقارئ.", body);
  const { text } = pieces.addText({ pieceId: piece.id, language: "ar", content, workflow: "ready" });
  pieces.publish(text.id, new Date(atMs).toISOString());
}

const hourMs = 3_600_000;
for (let at = 0; at < stories; at += 1) publishStory(at, clock.nowMs() - (stories - at) * 6 * hourMs);

const renderer = createSite();
const known = new Map<ReturnType<typeof addressKey>, PageRecord>();

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

function publish(): { readonly sourceMs: number; readonly renderMs: number; readonly pages: number } {
  const source = timed(() => sourceOf(model));
  const rendered = timed(() => render({ renderer, source: source.value, known }));
  for (const record of rendered.value.set) known.set(addressKey(record.target), record);
  return { sourceMs: source.ms, renderMs: rendered.ms, pages: rendered.value.set.length };
}

const first = publish();
console.log(`all ${first.pages} pages of ${stories} stories: ${first.renderMs.toFixed(0)} ms`);
for (let round = 0; round < rounds; round += 1) {
  clock.advance(hourMs);
  publishStory(stories + round, clock.nowMs());
  const { sourceMs, renderMs, pages } = publish();
  console.log(
    `one more story: ${pages} pages; reading ${sourceMs.toFixed(1)} ms, finding and rendering ${renderMs.toFixed(1)} ms`,
  );
}
