// Which entry of the baseline a request means, and which approved copy stands for it.
import { describe, expect, test } from "bun:test";
import { sha256 } from "../../base/bytes.ts";
import type { BaselineEntry } from "../../guard/manifest.ts";
import { addressOf } from "./addresses.ts";
import { KnownSite } from "./known-site.ts";

const entry = (path: string, query?: string): BaselineEntry => ({
  path,
  ...(query === undefined ? {} : { query }),
  status: 200,
  type: "text/html",
  headers: {},
  copy: { sha256: sha256(`${path}?${query}`), length: 1 },
  facts: null,
  taken_at: "2011-07-31T14:05:09.000Z",
});
const about = {
  sha256: sha256("manifest"),
  approvedAt: "2011-07-31T14:05:09.000Z",
  site: { sha256: sha256("site"), length: 4 },
};
const known = KnownSite.of({ ...about, entries: [entry("/"), entry("/a%c3%a9"), entry("/shop", "item=1")] });
const copyAt = (path: string, query?: string): string | undefined => known.copyFor({ path, query })?.path;

describe("an address", () => {
  test.each([
    [{ path: "/%c3%a9%41" }, "/%C3%A9A"],
    [{ path: "/", query: "" }, "/"],
    [{ path: "/", query: "utm_source=x&fbclid=1" }, "/"],
    [{ path: "/", query: "p=1&utm_medium=x&q=%41" }, "/?p=1&q=A"],
  ])("%j is %s", (place, address) => {
    expect(addressOf(place)).toBe(address);
  });
});

describe("a copy", () => {
  test("stands for its address, and where only tracking was added", () => {
    expect([copyAt("/"), copyAt("/", "gclid=1"), copyAt("/a%C3%A9")]).toEqual(["/", "/", "/a%c3%a9"]);
    expect(copyAt("/", "ref=mail&x=1")).toBe("/");
  });

  test("does not stand for what asks for something else", () => {
    expect([copyAt("/", "s=droits"), copyAt("/", "p=7"), copyAt("/shop", "item=2"), copyAt("/b")]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(copyAt("/shop", "item=1")).toBe("/shop");
  });
});

test("a change leaves what did not change", () => {
  const after = KnownSite.after(known, { ...about, removed: ["/"], added: [entry("/new")] });
  expect([after.size, after.find({ path: "/" }), after.find({ path: "/new" })?.path]).toEqual([
    3,
    undefined,
    "/new",
  ]);
  expect(KnownSite.after(undefined, { ...about, removed: [], added: [entry("/")] }).size).toBe(1);
});
