/** What publishing relies on: a version tells whether a value changed, and a page depends on nothing but what it read. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createWorld, given, perform, type World } from "../../test/model/deeds.ts";
import { createNewsroom, publishStory } from "../../test/model/newsroom.ts";
import { brokenLinks, renderAll, sourceOf } from "../../test/model/render.ts";
import { fileName } from "../media/picture.ts";
import { findPicture } from "../media/rows.ts";
import { mediaIn } from "../pieces/body.ts";
import { addressKey, type PageRecord } from "../publishing/records.ts";
import { render } from "../publishing/render.ts";
import type { Page, Source } from "../publishing/rendering.ts";
import { picturePath } from "./place.ts";
import { createSite } from "./site.tsx";

const renderer = createSite();

/** What publishing remembers of every page. */
type Known = ReadonlyMap<ReturnType<typeof addressKey>, PageRecord>;

test("rendering only what read something that changed gives what rendering everything gives", () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 10, maxLength: 120, size: "max" }), (all) => {
      const world = createWorld();
      let known: Known = new Map();
      for (const [at, each] of all.entries()) {
        perform(world, each);
        if (at % 12 !== 11 && at !== all.length - 1) continue;
        const source = sourceOf(world.model);
        known = publish(source, known);
        expect(targetsOf(known)).toEqual(targetsOf(publish(source, new Map())));
        const pages = renderAll(source);
        nothingHiddenShows(world, pages);
        expect(picturesIn(pages)).toEqual(picturesShown(world));
        expect(brokenLinks(pages)).toEqual([]);
      }
      world.model.database.close();
    }),
    { numRuns: 25 },
  );
}, 60_000);

test("a version changes whenever the value does, and only then", () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 10, maxLength: 80, size: "max" }), (all) => {
      const world = createWorld();
      let earlier = sourceOf(world.model);
      const keys = new Set<string>();
      for (const [at, each] of all.entries()) {
        perform(world, each);
        if (at % 10 !== 9) continue;
        const source = sourceOf(world.model);
        for (const { reads } of publish(source, new Map()).values()) {
          for (const key of reads.keys()) keys.add(key);
        }
        for (const key of keys) {
          const isSame = Bun.deepEquals(earlier.value(key), source.value(key));
          expect([key, earlier.version(key) === source.version(key)]).toEqual([key, isSame]);
          expect([key, source.version(key) === ""]).toEqual([key, source.value(key) === undefined]);
        }
        earlier = source;
      }
      world.model.database.close();
    }),
    { numRuns: 25 },
  );
}, 60_000);

/** As publishing does it, without signatures. */
function publish(source: Source, known: Known): Known {
  const { set, removed, failed } = render({ renderer, source, known });
  expect(failed).toEqual([]);
  const after = new Map(known);
  for (const record of set) after.set(addressKey(record.target), record);
  for (const address of removed) after.delete(addressKey(address));
  return after;
}

/** Status, headers and SHA-256 of every page. */
function targetsOf(known: Known): Map<string, unknown> {
  return new Map(Array.from(known, ([key, { target }]) => [key, target]));
}

/** Drafts, scheduled, private and withdrawn texts, and revisions that are not the published one, show nowhere. */
function nothingHiddenShows({ model, revisions }: World, pages: ReadonlyMap<string, Page>): void {
  const decoder = new TextDecoder();
  const all = Array.from(pages.values(), ({ body }) => decoder.decode(body)).join("\n");
  for (const { id, textId, title } of revisions) {
    const isPublic = model.pieces.text(textId)?.publishedRevision === id;
    expect([title, all.includes(title)]).toEqual([title, isPublic]);
  }
}

/** By address, as `portal/_kasbah/media/…`. */
function picturesIn(pages: ReadonlyMap<string, Page>): Set<string> {
  return new Set([...pages.keys()].filter((name) => name.includes("/_kasbah/media/")));
}

/** Those of published texts, as far as they are still there; on the text's own site. */
function picturesShown({ model, texts }: World): Set<string> {
  const shown = new Set<string>();
  for (const text of texts.flatMap((id) => model.pieces.text(id) ?? [])) {
    const site = model.pieces.piece(text.pieceId)?.site;
    const body = model.pieces.revision(text.publishedRevision ?? "")?.body;
    for (const id of body === undefined ? [] : mediaIn(body)) {
      for (const variant of findPicture(model.database, id)?.variants ?? [])
        shown.add(`${site}${picturePath(fileName(id, variant))}`);
    }
  }
  return shown;
}

test("one new story changes few pages: its own, the fronts, the heads of its lists, feeds, a part of the sitemap", () => {
  const { model } = createNewsroom();
  const known = publish(sourceOf(model), new Map());
  publishStory(model, { section: "rue", tags: ["مسيرات"], hoursAgo: 0, words: { ar: ["خبر جديد", "سطر."] } });
  const { set } = render({ renderer, source: sourceOf(model), known });
  expect(set.length).toBeLessThanOrEqual(14);
});
