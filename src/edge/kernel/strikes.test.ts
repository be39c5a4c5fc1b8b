/** Bans grow with each strike up to ten minutes, shrink with calm, and everything is forgotten within the hour. */
import { expect, test } from "bun:test";
import fc from "fast-check";
import { briefBanMs, firstBanMs, longestBanMs, Strikes } from "./strikes.ts";

const key = { first: 1, second: 2 };
const source = { v6: false, high: 0, low: 0x7f42_0001 };
const minuteMs = 60_000;

/** Minutes of the ban that a strike brings after so many calm minutes since the end of the last one. */
function bans(calmMinutes: readonly number[]): number[] {
  const strikes = new Strikes(key);
  let nowMs = 0;
  return calmMinutes.map((calm) => {
    nowMs += calm * minuteMs;
    const ms = strikes.next(source, nowMs);
    nowMs += ms;
    return ms / minuteMs;
  });
}

test("one, two, four, eight, ten minutes for who goes on", () => {
  expect(bans([0, 0, 0, 0, 0, 0, 0])).toEqual([1, 2, 4, 8, 10, 10, 10]);
});

test("a strike less for every ten calm minutes", () => {
  expect(bans([0, 0, 0, 9])).toEqual([1, 2, 4, 8]);
  expect(bans([0, 0, 0, 10])).toEqual([1, 2, 4, 4]);
  expect(bans([0, 0, 0, 20])).toEqual([1, 2, 4, 2]);
  expect(bans([0, 0, 0, 0, 0, 0, 50])).toEqual([1, 2, 4, 8, 10, 10, 1]);
});

test("whatever happens, a ban lasts one to ten minutes, and a calm hour makes the next one the first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 90 }), { maxLength: 50 }), (calm) => {
      const lengths = bans([...calm, 60]);
      expect(lengths.at(-1)).toBe(1);
      for (const minutes of lengths) {
        expect(minutes * minuteMs).toBeGreaterThanOrEqual(firstBanMs);
        expect(minutes * minuteMs).toBeLessThanOrEqual(longestBanMs);
      }
    }),
  );
});

test("one source's strikes are no other's, and all are forgotten when asked", () => {
  const strikes = new Strikes(key);
  strikes.next(source, 0);
  expect(strikes.next({ ...source, low: source.low + 1 }, 0)).toBe(firstBanMs);
  expect(strikes.next(source, firstBanMs)).toBe(2 * firstBanMs);
  strikes.clear();
  expect(strikes.next(source, firstBanMs)).toBe(firstBanMs);
});

test("the first ban is half as long where somebody else may be there, and no other", () => {
  const strikes = new Strikes(key);
  expect(strikes.next(source, 0, briefBanMs)).toBe(briefBanMs);
  expect(strikes.next(source, briefBanMs, briefBanMs)).toBe(2 * firstBanMs);
});
