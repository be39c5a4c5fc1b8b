/** Addresses from elsewhere become what a browser would send, or are refused. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeSegment, slugFrom } from "../language/slug.ts";
import { canonicalPath, pathOf } from "./path.ts";

test.each([
  ["/2012/01/07/old/", "/2012/01/07/old/"],
  ["/%d9%85/a b", "/%D9%85/a%20b"],
  ["/مسيرة", "/%D9%85%D8%B3%D9%8A%D8%B1%D8%A9"],
  ["/a/../b/./c", "/b/c"],
  ["//evil.example/a", undefined],
  ["/\\evil.example", undefined],
  ["/.//evil.example", undefined],
  ["/_kasbah/health", undefined],
  ["/x?y=1", undefined],
  ["a", undefined],
])("%s", (path, canonical) => {
  expect(canonicalPath(path)).toBe(canonical);
});

test("what is canonical stays as it is, and never leaves the site", () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const canonical = canonicalPath(path);
      if (canonical === undefined) return;
      expect(canonicalPath(canonical)).toBe(canonical);
      expect(new URL(canonical, "http://site.invalid").host).toBe("site.invalid");
    }),
  );
});

test("a text's own path is canonical, whatever its title", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (title) => {
      const slug = slugFrom(title);
      fc.pre(slug !== "");
      const facts = { language: "ar", slug, publishedAt: "2011-07-31T14:00:00Z", timeZone: "UTC" } as const;
      const path = pathOf({ ...facts, kind: "story" });
      expect(path).toBe(`/ar/2011/07/${encodeSegment(slug)}`);
      expect(canonicalPath(path ?? "")).toBe(path);
    }),
  );
});
