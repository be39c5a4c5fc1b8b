// Space-Saving against exact counts: its bounds, its merging, its limit.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { HeavyHitters, type Hitters, mergeHitters, top } from "./heavy-hitters.ts";

/** Streams with a few frequent values among many. */
const stream = fc.array(fc.oneof(fc.nat(5), fc.nat(200)), { maxLength: 600 });
const places = fc.integer({ min: 1, max: 40 });

test("no count is too low, none is more than N / m too high, and nothing frequent is missed", () => {
  fc.assert(
    fc.property(stream, places, (values, m) => {
      const hitters = summaryOf(values, m);
      const exact = exactCounts(values);
      const slack = values.length / m;
      expect(hitters.entries.length).toBeLessThanOrEqual(m);
      expect(hitters.floor).toBeLessThanOrEqual(slack);
      for (const { key, count, error } of hitters.entries) {
        const truth = exact.get(key) ?? 0;
        expect(count).toBeGreaterThanOrEqual(truth);
        expect(count - error).toBeLessThanOrEqual(truth);
        expect(error).toBeLessThanOrEqual(slack);
      }
      const kept = new Set(hitters.entries.map(({ key }) => key));
      for (const [key, truth] of exact) if (truth > slack) expect(kept.has(key)).toBe(true);
    }),
  );
});

test("counts are exact while there is room", () => {
  fc.assert(
    fc.property(stream, (values) => {
      const hitters = summaryOf(values, 1_000);
      expect(new Map(hitters.entries.map(({ key, count }) => [key, count]))).toEqual(exactCounts(values));
      expect(hitters.floor).toBe(0);
    }),
  );
});

test("merging is associative and commutative, and keeps the bounds", () => {
  fc.assert(
    fc.property(stream, stream, stream, places, (a, b, c, m) => {
      const [left, middle, right] = [summaryOf(a, m), summaryOf(b, m), summaryOf(c, m)];
      const grouped = mergeHitters(mergeHitters(left, middle), right);
      expect(inOrder(mergeHitters(left, mergeHitters(middle, right)))).toEqual(inOrder(grouped));
      expect(inOrder(mergeHitters(right, mergeHitters(middle, left)))).toEqual(inOrder(grouped));
      const exact = exactCounts([...a, ...b, ...c]);
      for (const { key, count, error } of grouped.entries) {
        expect(count).toBeGreaterThanOrEqual(exact.get(key) ?? 0);
        expect(count - error).toBeLessThanOrEqual(exact.get(key) ?? 0);
      }
    }),
  );
});

test("taking empties it", () => {
  const hitters = new HeavyHitters<string>(2);
  for (const value of ["a", "b", "c", "a"]) hitters.add(value);
  hitters.take();
  hitters.add("d");
  expect(hitters.take()).toEqual({ entries: [{ key: "d", count: 1, error: 0 }], floor: 0 });
});

test("top names the busiest first", () => {
  const hitters = summaryOf([1, 2, 2, 3, 3, 3], 10);
  expect(top(hitters, 2).map(({ key }) => key)).toEqual([3, 2]);
});

function summaryOf(values: readonly number[], m: number): Hitters<number> {
  const hitters = new HeavyHitters<number>(m);
  for (const value of values) hitters.add(value);
  return hitters.take();
}

function exactCounts(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function inOrder({ entries, floor }: Hitters<number>): Hitters<number> {
  return { entries: [...entries].sort((a, b) => a.key - b.key), floor };
}
