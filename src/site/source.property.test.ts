/** What publishing relies on: a version tells whether a value changed, and a page depends on nothing but what it read. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { createWorld, given, perform, type World } from "../../test/model/deeds.ts";
import { addressText, sourceOf } from "../../test/model/render.ts";
import type { Page, Source } from "../publishing/rendering.ts";
import { createSite } from "./site.tsx";

const site = createSite();

interface Rendered {
  readonly page: Page;
  /** Versions of what it read. */
  readonly reads: ReadonlyMap<string, string>;
}
type Edition = ReadonlyMap<string, Rendered>;

test("rendering only what read something that changed gives what rendering everything gives", () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 10, maxLength: 120, size: "max" }), (all) => {
      const world = createWorld();
      let edition: Edition = new Map();
      for (const [at, each] of all.entries()) {
        perform(world, each);
        if (at % 12 !== 11 && at !== all.length - 1) continue;
        const source = sourceOf(world.model);
        edition = rendered(source, edition);
        expect(bytesOf(edition)).toEqual(bytesOf(rendered(source, new Map())));
        nothingHiddenShows(world, edition);
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
        for (const { reads } of rendered(source, new Map()).values()) {
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

/** Keeps a page whose reads all have the versions they had. */
function rendered(source: Source, before: Edition): Edition {
  const after = new Map<string, Rendered>();
  for (const address of site.addresses(source)) {
    const name = addressText(address);
    const known = before.get(name);
    const isFresh =
      known !== undefined && [...known.reads].every(([key, version]) => source.version(key) === version);
    if (isFresh) {
      after.set(name, known);
      continue;
    }
    const reads = new Map<string, string>();
    const page = site.render(address, (key) => {
      reads.set(key, source.version(key));
      return source.value(key);
    });
    after.set(name, { page, reads });
  }
  return after;
}

function bytesOf(edition: Edition): Map<string, string> {
  const decoder = new TextDecoder();
  return new Map(
    Array.from(edition, ([name, { page }]) => [
      name,
      `${page.status} ${page.type} ${JSON.stringify(page.headers)}\n${decoder.decode(page.body)}`,
    ]),
  );
}

/** Drafts, scheduled, private and withdrawn texts, and revisions that are not the published one, show nowhere. */
function nothingHiddenShows({ model, revisions }: World, edition: Edition): void {
  const all = [...bytesOf(edition).values()].join("\n");
  for (const { id, textId, title } of revisions) {
    const isPublic = model.pieces.text(textId)?.publishedRevision === id;
    expect([title, all.includes(title)]).toEqual([title, isPublic]);
  }
}
