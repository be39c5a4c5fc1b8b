/** Slugs in every script that the site writes, and what holds for any title at all. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { encodeSegment, isSlug, slugFrom, slugLengthMax } from "./slug.ts";

test.each([
  ["Une marche à Al Hoceïma : « l’État » répond", "une-marche-a-al-hoceima-l-etat-repond"],
  ["Straße in Ærø, naïve İstanbul", "straße-in-ærø-naive-istanbul"],
  ["مَسِيرة الأحد ـ 20 فبراير!", "مسيرة-الأحد-20-فبراير"],
  ["آخر الأخبار: سؤال؟", "آخر-الأخبار-سؤال"],
  ["ⵜⴰⵎⴰⵣⵉⵖⵜ ⴷ ⵓⵎⴰⵣⵉⵖ", "ⵜⴰⵎⴰⵣⵉⵖⵜ-ⴷ-ⵓⵎⴰⵣⵉⵖ"],
  ["3lach l7ogra?", "3lach-l7ogra"],
  ["\u202eevil\u2066 <script>", "evil-script"],
  ["…!?", ""],
])("%s", (title, slug) => {
  expect(slugFrom(title)).toBe(slug);
});

test("a long title is cut between words", () => {
  const slug = slugFrom("mot ".repeat(60));
  expect(slug.length).toBeLessThanOrEqual(slugLengthMax);
  expect(slug).toEndWith("mot");
});

test("whatever the title: stable, bounded, and one segment of a path without a reserved character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (title) => {
      const slug = slugFrom(title);
      expect(slugFrom(slug)).toBe(slug);
      expect(slug === "" || isSlug(slug)).toBe(true);
      expect(Array.from(slug).length).toBeLessThanOrEqual(slugLengthMax);
      expect(encodeSegment(slug)).toMatch(/^([a-z0-9-]|%[0-9A-F]{2})*$/);
    }),
    { numRuns: 2_000 },
  );
});
