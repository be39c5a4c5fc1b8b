/** Somebody else's words: what they could do to a terminal, a page, a sheet or a reader's eye, and no longer can. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { inert } from "./inert.ts";

describe("what would act is written by its number", () => {
  test.each([
    ["turns the line around", "cgem\u202emoc.live\u202c", "cgem\\u{202e}moc.live\\u{202c}"],
    ["isolates", "a\u2067b\u2069", "a\\u{2067}b\\u{2069}"],
    ["has no width", "ha\u200bck\u200ded\ufeff", "ha\\u{200b}ck\\u{200d}ed\\u{feff}"],
    ["shows nothing", "a\u3164b\u2800", "a\\u{3164}b\\u{2800}"],
    ["moves a terminal's cursor", "\u001b[2J\u001b]0;owned\u0007", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"],
    ["moves it without ESC", "\u009b31mred", "\\u{9b}31mred"],
    ["begins another line", "a\r\nb\u2028c", "a\\u{d}\\u{a}b\\u{2028}c"],
    [
      "is markup",
      "<img src=x onerror=alert(1)></b><!--",
      "\\u{3c}img src=x onerror=alert(1)>\\u{3c}/b>\\u{3c}!--",
    ],
    ["makes a sheet reckon", "=cmd|' /C calc'!A0", "\\u{3d}cmd|' /C calc'!A0"],
    ["makes it reckon by another sign", "@SUM(1)", "\\u{40}SUM(1)"],
    ["hides in tags", "a\u{e0041}", "a\\u{e0041}"],
    ["is half a letter", "a\ud800b", "a\\u{d800}b"],
    ["covers the lines around", `a${"\u0301".repeat(6)}`, `a${"\u0301".repeat(4)}\\u{301}\\u{301}`],
  ])("%s", (_, sent, shown) => {
    expect(inert(sent)).toBe(shown);
  });
});

test("what people write stays as it is", () => {
  for (const text of ["مُحَمَّدٌ", "« Déjà vu ! »", "3 < 4", "a=b", "https://example.org/?q=1&r=2", "ⴰⵣⵓⵍ", "👍"])
    expect(inert(text)).toBe(text);
});

test("it is bounded, and nothing is cut in two", () => {
  expect(inert("x".repeat(10_000))).toHaveLength(2_000);
  expect(inert("abcdef", 4)).toBe("abc…");
  expect(inert("ab\u202ecdef", 6)).toBe("ab…");
  expect(inert("ab👍def", 4)).toBe("ab…");
});

test("whatever comes: no sign is left that acts, it is well formed and no longer than asked, and twice is once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 60 }), (text, max) => {
      const shown = inert(text, max);
      expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|<[a-z/!?]|^[=+@-]/iu);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(max);
      expect(inert(shown, max)).toBe(shown);
    }),
  );
});
