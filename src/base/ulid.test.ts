/** Ids sort by time, are drawn from the randomness handed in, and hold 26 letters of the alphabet. */
import { expect, test } from "bun:test";
import { ManualClock } from "./clock.ts";
import { seededRandom } from "./random.ts";
import { ulid } from "./ulid.ts";

test("an id made later sorts later", () => {
  const clock = new ManualClock(Date.parse("2011-07-31T14:00:00Z"));
  const random = seededRandom(1);
  const first = ulid(clock, random);
  clock.advance(1);
  expect(first < ulid(clock, random)).toBe(true);
});

test("the time part is the specification's own example", () => {
  expect(ulid(new ManualClock(1469918176385), seededRandom(1)).slice(0, 10)).toBe("01ARYZ6S41");
});

test("26 letters, and no two alike in a thousand of one millisecond", () => {
  const random = seededRandom(7);
  const clock = new ManualClock(0);
  const ids = Array.from({ length: 1_000 }, () => ulid(clock, random));
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});
