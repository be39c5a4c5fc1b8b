// Which addresses a snapshot takes: spellings, own and other hosts, forms, what is never asked for, what style sheets load.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { originConfig } from "../../../test/origin-newsroom.ts";
import { utf8 } from "../../base/bytes.ts";
import { crawlBounds, formOf, isRunaway } from "./forms-of-addresses.ts";
import type { TakenLoad } from "./loads.ts";
import { objectionTo } from "./never-asked.ts";
import {
  addressAt,
  type OriginAddress,
  partsOf,
  protectedSite,
  type ProtectedSite,
} from "../client/protected-site.ts";
import { referencesIn } from "./references.ts";

function site(): ProtectedSite {
  const found = protectedSite(originConfig("http://127.0.0.1:9000"));
  if (found === undefined) throw new Error("an origin is configured");
  return found;
}

const address = (text: string): OriginAddress => text as OriginAddress;

describe("where a reference leads", () => {
  test.each([
    ["/a/../b?c=%7e#d", "/b?c=~"],
    ["https://localhost:8080/x", "/x"],
    ["//localhost/x", "/x"],
    ["http://127.0.0.1:9000/%d8%a7", "/%D8%A7"],
    ["?page=2", "/dir/?page=2"],
    ["plus", "/dir/plus"],
    ["//elsewhere.example/x", undefined],
    ["http://localhost.evil.example/x", undefined],
    ["mailto:a@b.example", undefined],
    ["javascript:alert(1)", undefined],
    ["http://[", undefined],
    [`/${"x".repeat(3_000)}`, undefined],
  ])("%s", (reference, expected) => {
    expect(addressAt(reference, site(), address("/dir/"))).toBe(expected as OriginAddress | undefined);
  });

  test("an address is its own reference", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const { pathname, search } = new URL(url);
        const found = addressAt(pathname + search, site());
        if (found !== undefined && !pathname.startsWith("//")) expect(addressAt(found, site())).toBe(found);
      }),
    );
  });
});

test.each([
  ["/2011/07/une-marche/", "/#/#/une-marche/"],
  ["/agenda/?month=3&day=4", "/agenda/?day&month"],
  ["/a-propos/", ""],
])("the form of %s", (one, form) => {
  expect(formOf(address(one))).toBe(form);
});

test("a relative link that is wrong on each page runs away", () => {
  expect(isRunaway(address("/a/b/a/b/a/b/a/b"), crawlBounds)).toBe(true);
  expect(isRunaway(address(`/${"x/".repeat(20)}`), crawlBounds)).toBe(true);
  expect(isRunaway(address("/2011/07/31/une-marche"), crawlBounds)).toBe(false);
});

describe("what is never asked for", () => {
  test.each([
    "/wp-admin",
    "/wp-admin/x",
    "/wp-login.php",
    "/%77p-login.php",
    "/fr/user/logout",
    "/?add-to-cart=1",
    "/a?b=1&_wpnonce=2",
    "/x?PHPSESSID=1",
  ])("%s", (text) => {
    const found = addressAt(text, site());
    expect(found !== undefined && objectionTo(found, ["/wp-admin"])).not.toBeUndefined();
  });

  test.each(["/wp-administration", "/", "/?p=12", "/articles?page=2", "/logo.png?ver=3"])(
    "but %s is",
    (text) => {
      expect(objectionTo(address(text), ["/wp-admin"])).toBeUndefined();
    },
  );
});

test("what a style sheet loads", () => {
  const css = `@import "a.css"; @import url('b.css') print; .x { background: url( c.png ), url("d.png?x=(1)") } @font-face { src: url(data:font/woff2;base64,AA) , url(e.woff2#x) } `;
  const load = { kind: "style", facts: null } as TakenLoad;
  const found = referencesIn(load, { status: 200, headers: [], body: utf8(css) });
  expect(found.map(({ reference }) => reference)).toEqual([
    "a.css",
    "b.css",
    "c.png",
    "d.png?x=(1)",
    "e.woff2#x",
  ]);
});

test("path and query of an address", () => {
  expect([partsOf(address("/a?b=1?c")), partsOf(address("/a"))]).toEqual([
    { path: "/a", query: "b=1?c" },
    { path: "/a" },
  ]);
});
