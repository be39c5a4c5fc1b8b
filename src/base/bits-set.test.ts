// Set bits, as they are counted by writing the word out.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { bitsSet } from "./bits-set.ts";

test("of any word", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }), (word) => {
      expect(bitsSet(word)).toBe((word >>> 0).toString(2).replaceAll("0", "").length);
    }),
  );
  expect([bitsSet(0), bitsSet(0xffff_ffff), bitsSet(-1)]).toEqual([0, 32, 32]);
});
