// The estimate of distinct sources against the truth, over four orders of magnitude.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { Distinct, estimateDistinct, mergeDistinct } from "./distinct.ts";
import { keyedHash } from "./source.ts";

test("nothing counted is nothing", () => {
  expect(estimateDistinct(new Distinct().take())).toBe(0);
});

for (const truth of [1, 50, 2_000, 20_000, 1_000_000]) {
  test(`${truth} sources are estimated within 8 %`, () => {
    for (const key of keys) {
      const estimate = estimateDistinct(registersOf(0x0a00_0000, truth, key));
      expect(Math.abs(estimate - truth) / truth).toBeLessThan(0.08);
    }
  });
}

test("counting the same sources again changes nothing", () => {
  const key = { first: 1, second: 2 };
  const once = registersOf(0x0a00_0000, 500, key);
  expect(mergeDistinct(once, once)).toEqual(once);
});

test("merging equals counting together, in any order", () => {
  const size = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(size, size, size, (a, b, c) => {
      const key = { first: 7, second: 9 };
      const [x, y, z] = [registersOf(0, a, key), registersOf(a, b, key), registersOf(a + b, c, key)];
      const together = registersOf(0, a + b + c, key);
      expect(mergeDistinct(mergeDistinct(x, y), z)).toEqual(together);
      expect(mergeDistinct(z, mergeDistinct(y, x))).toEqual(together);
    }),
    { numRuns: 30 },
  );
});

test("another key makes other registers of the same sources", () => {
  expect(registersOf(0, 100, { first: 1, second: 1 })).not.toEqual(
    registersOf(0, 100, { first: 2, second: 1 }),
  );
});

const keys = [
  { first: 0, second: 0 },
  { first: 0xdead_beef, second: 12 },
  { first: 3, second: 0xffff_ffff },
];

function registersOf(start: number, count: number, key: { first: number; second: number }): Uint8Array {
  const distinct = new Distinct();
  for (let low = start; low < start + count; low += 1)
    distinct.add(keyedHash({ v6: false, high: 0, low }, key));
  return distinct.take();
}
