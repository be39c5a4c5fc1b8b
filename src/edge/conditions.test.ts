// Entity tags and ranges: examples, and that a part is always inside the whole.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a" , "c"', true],
  ["*", true],
  ['"ab"', false],
  ["a", false],
  ['"b""a"', false],
  ['"b, "a', false],
  ["", false],
])("If-None-Match %p", (header, expected) => {
  expect(matchesNone(header, '"a"')).toBe(expected);
});

test.each([
  ["bytes=0-0", { kind: "part", first: 0, last: 0 }],
  ["bytes=0-", { kind: "part", first: 0, last: 99 }],
  ["Bytes = 90 - 500", { kind: "part", first: 90, last: 99 }],
  ["bytes=-10", { kind: "part", first: 90, last: 99 }],
  ["bytes=-500", { kind: "part", first: 0, last: 99 }],
  ["bytes=-0", { kind: "unsatisfiable" }],
  ["bytes=100-", { kind: "unsatisfiable" }],
  ["bytes=-", { kind: "whole" }],
  ["bytes=9-8", { kind: "whole" }],
  ["bytes=0-1,3-4", { kind: "whole" }],
  ["items=0-1", { kind: "whole" }],
] as const)("Range %p of 100 bytes", (header, expected) => {
  expect(readRange(header, 100)).toEqual(expected);
});

test("a part lies inside the whole, however the range is written", () => {
  const header = fc.stringMatching(/^bytes=[0-9]{0,18}-[0-9]{0,18}(,[0-9]{0,3}-)?$/);
  fc.assert(
    fc.property(header, fc.nat(1_000), (text, length) => {
      const range = readRange(text, length);
      if (range.kind !== "part") return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.first).toBeLessThanOrEqual(range.last);
      expect(range.last).toBeLessThan(length);
    }),
  );
});

test("If-Range is for who holds the very same form", () => {
  expect(rangeApplies(null, '"a"')).toBe(true);
  expect(rangeApplies('"a"', '"a"')).toBe(true);
  expect(rangeApplies('W/"a"', '"a"')).toBe(false);
  expect(rangeApplies("Sun, 31 Jul 2011 14:05:09 GMT", '"a"')).toBe(false);
});
