// The map in two halves: what is used stays, what isn't goes, and never more than the limit is kept.
import { expect, test } from "bun:test";
import { RecentHalves } from "./recent-halves.ts";

test("what is asked for stays whatever else comes, what isn't is forgotten", () => {
  const recent = new RecentHalves<number, string>(10);
  recent.set(-1, "asked for");
  recent.set(-2, "never again");
  for (let key = 0; key < 1_000; key += 1) {
    recent.set(key, "once");
    expect(recent.get(-1)).toBe("asked for");
    expect(recent.size).toBeLessThanOrEqual(10);
  }
  expect(recent.get(-2)).toBeUndefined();
});

test("two turns forget what was not used between them", () => {
  const recent = new RecentHalves<number, string>(10);
  recent.set(1, "used");
  recent.set(2, "unused");
  recent.turn();
  recent.get(1);
  recent.turn();
  expect([recent.get(1), recent.get(2)]).toEqual(["used", undefined]);
});
