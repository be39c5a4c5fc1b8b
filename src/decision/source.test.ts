// Keys and names of prefixes and blocks, for both families.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { blockKey, blockName, blockOfPrefix, prefixKey, prefixName, type Source } from "./source.ts";

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const source: fc.Arbitrary<Source> = fc.oneof(
  word.map((low) => ({ v6: false, high: 0, low })),
  fc.record({ v6: fc.constant(true), high: word, low: word }),
);

test("names are CIDRs", () => {
  const v4 = { v6: false, high: 0, low: 0x7f0a_03ff };
  const v6 = { v6: true, high: 0x2001_0db8, low: 0x0001_ffff };
  expect([prefixName(prefixKey(v4)), blockName(blockKey(v4))]).toEqual(["127.10.3.0/24", "127.10.0.0/16"]);
  expect([prefixName(prefixKey(v6)), blockName(blockKey(v6))]).toEqual(["2001:db8:1::/48", "2001:db8::/32"]);
});

test("a prefix lies in its source's block", () => {
  fc.assert(fc.property(source, (any) => expect(blockOfPrefix(prefixKey(any))).toBe(blockKey(any))));
});

test("two sources have one key only where they share the prefix, whatever their family", () => {
  fc.assert(
    fc.property(source, source, (a, b) => {
      const same =
        a.v6 === b.v6 &&
        a.high === b.high &&
        (a.v6 ? a.low >>> 16 === b.low >>> 16 : a.low >>> 8 === b.low >>> 8);
      expect(prefixKey(a) === prefixKey(b)).toBe(same);
      expect(Number.isSafeInteger(prefixKey(a))).toBe(true);
    }),
  );
});
