/** Rendering only what changed comes out, byte for byte, as rendering everything does. */
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { portal, type ToyText, toyPath, toyRenderer, toySource } from "../../test/toy-site.ts";
import { type AddressKey, addressKey, type PageRecord } from "./records.ts";
import { render, type Rendered, renderInBatches } from "./render.ts";
import type { Renderer } from "./rendering.ts";

const ids = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const edit = fc.oneof(
  fc.record({ id: ids, title: fc.string({ maxLength: 5 }), tag: fc.constantFrom("x", "y", "z") }),
  fc.record({ id: ids, state: fc.constantFrom("withdrawn" as const, "removed" as const) }),
  fc.record({ renderer: fc.constantFrom("1", "2") }),
);

function applied(
  texts: ReadonlyMap<string, ToyText>,
  change: { id: string; title?: string; tag?: string; state?: string },
): Map<string, ToyText> {
  const { id, title, tag = "x", state } = change;
  const next = new Map(texts);
  const old = texts.get(id);
  if (state === "removed") next.delete(id);
  else if (state !== "withdrawn") next.set(id, { id, title: title ?? "", tag, state: "published" });
  else if (old !== undefined) next.set(id, { ...old, state });
  return next;
}

class Site {
  texts: Map<string, ToyText> = new Map();
  known = new Map<AddressKey, PageRecord>();
  renderer: Renderer = toyRenderer();

  render(all = false): Rendered {
    const source = toySource(
      [...this.texts.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    );
    const rendered = render({ renderer: this.renderer, source, known: this.known, all });
    if (all) return rendered;
    for (const record of rendered.set) this.known.set(addressKey(record.target), record);
    for (const target of rendered.removed) this.known.delete(addressKey(target));
    return rendered;
  }
}

test("after any edits", () => {
  fc.assert(
    fc.property(fc.array(fc.array(edit, { maxLength: 3 }), { maxLength: 8 }), (rounds) => {
      const site = new Site();
      for (const edits of rounds) {
        for (const change of edits) {
          if ("renderer" in change) site.renderer = toyRenderer(change.renderer);
          else site.texts = applied(site.texts, change);
        }
        site.render();
        const complete = site.render(true);
        const everything = new Map(complete.set.map((record) => [addressKey(record.target), record]));
        expect(site.known).toEqual(everything);
      }
    }),
    { numRuns: 200 },
  );
});

describe("a change", () => {
  const site = new Site();
  for (const id of "abcdefgh")
    site.texts.set(id, { id, title: id, tag: id < "e" ? "x" : "y", state: "published" });
  site.render();

  test("renders only those who read it", () => {
    site.texts.set("a", { id: "a", title: "A", tag: "x", state: "published" });
    const paths = site.render().set.map(({ target }) => target.path);
    expect(paths).toEqual([toyPath("a"), `${toyPath("a")}/text`, "/ar/tag/x"]);
  });

  test("that there is none renders nothing", () => {
    expect(site.render()).toMatchObject({ set: [], removed: [], failed: [] });
  });

  test("of the templates renders everything", () => {
    site.renderer = toyRenderer("2");
    expect(site.render().set).toHaveLength(site.known.size);
  });

  test("that takes an address away says so", () => {
    site.texts.delete("h");
    expect(site.render().removed.map(({ path }) => path)).toEqual([toyPath("h"), `${toyPath("h")}/text`]);
  });
});

test("a page that can't be rendered leaves the others alone", () => {
  const site = new Site();
  site.texts.set("a", { id: "a", title: "a", tag: "x", state: "published" });
  site.renderer = toyRenderer("1", new Set([toyPath("a")]));
  const { set, failed } = site.render();
  expect(failed).toEqual([{ address: portal(toyPath("a")), reason: "a broken page" }]);
  expect(set.map(({ target }) => target.path)).toEqual(["/", `${toyPath("a")}/text`, "/ar/tag/x"]);
});

test("an answer that no edition may have is a failure, not an edition", () => {
  const plain = toyRenderer();
  const renderer: Renderer = {
    ...plain,
    render: (address, read) => ({ ...plain.render(address, read), type: "text/html\n" }),
  };
  const { set, failed } = render({ renderer, source: toySource([]), known: new Map() });
  expect([set.length, failed.length]).toEqual([0, 1]);
});

test("hands over bodies a bounded lot at a time: pictures are large, and all of them are rendered again sometimes", () => {
  const plain = toyRenderer();
  const bodyBytes = 12 * 1024 * 1024;
  let rendered = 0;
  const renderer: Renderer = {
    ...plain,
    addresses: () => Array.from({ length: 7 }, (_, at) => ({ site: "portal", path: `/picture/${at}` })),
    render: () => ({
      area: "pages",
      status: 200,
      type: "image/webp",
      headers: {},
      body: new Uint8Array(bodyBytes).fill((rendered += 1)),
    }),
  };
  const lots = [...renderInBatches({ renderer, source: toySource([]), known: new Map() })];
  expect(lots.map((bodies) => bodies.size)).toEqual([3, 3, 1]);
});
