// What somebody decided goes on while nobody waits, one at a time, and its end is told, also a bad one.
import { expect, test } from "bun:test";
import { ManualClock } from "../base/clock.ts";
import { Errands, type Outcome } from "./errands.ts";

test("nobody waits longer than is decent; a second one is refused meanwhile", async () => {
  const errands = new Errands({ clock: new ManualClock(5), waitMs: 1 });
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  expect(await errands.start("accept", () => promise)).toBe(true);
  expect(errands.last).toEqual({ kind: "running", act: "accept", sinceMs: 5 });
  expect(await errands.start("release", () => promise)).toBe(false);
  resolve({ kind: "accepted", pages: 3 });
  await promise;
  expect(errands.last).toMatchObject({ kind: "over", outcome: { kind: "accepted", pages: 3 } });
});

test("one that fails says why", async () => {
  const errands = new Errands({ clock: new ManualClock(0), waitMs: 1_000 });
  await errands.start("approve", () => Promise.reject(new Error("no Kasbah runs")));
  expect(errands.last).toMatchObject({ outcome: { kind: "failed", reason: "no Kasbah runs" } });
});
