// How much work is asked for: nothing in calm, enough in a flood, and back by itself without flapping.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { Effort } from "./effort.ts";

const bounds = { first: 250, most: 2_000 };
const secondMs = 1_000;

/**
 * An endpoint whose visitors are served in time where at least `enough` is asked for, and turned away where it is less. What was asked for,
 * second by second.
 */
function live(seconds: number, enough: (second: number) => number, effort = new Effort(bounds, 0)): number[] {
  return Array.from({ length: seconds }, (_, second) => {
    const asked = effort.effort;
    const isEnough = asked >= enough(second);
    for (let count = 0; count < 20; count += 1)
      effort.note({ effort: asked, waitedMs: isEnough ? 100 : undefined });
    effort.tend((second + 1) * secondMs);
    return effort.effort;
  });
}

function turningPoints(asked: readonly number[]): number {
  const steps = asked.slice(1).map((one, at) => Math.sign(one - (asked[at] ?? 0)));
  const moves = steps.filter((step) => step !== 0);
  return moves.filter((step, at) => at > 0 && step !== moves[at - 1]).length;
}

test("dormant while there is enough for all", () => {
  expect(Math.max(...live(3_600, () => 0))).toBe(0);
});

test("up within seconds, down within minutes, to nothing", () => {
  const asked = live(1_200, (second) => (second < 300 ? 1_000 : 0));
  expect(asked[4]).toBe(250);
  expect(asked[20]).toBeGreaterThanOrEqual(1_000);
  expect(asked[20]).toBeLessThanOrEqual(2_000);
  expect(asked[299]).toBeGreaterThanOrEqual(1_000);
  expect(asked.at(-1)).toBe(0);
});

test("never more than a cheap phone can do, however hopeless", () => {
  const asked = live(600, () => Number.POSITIVE_INFINITY);
  expect(Math.max(...asked)).toBe(2_000);
});

test("a flood that goes on is not let in again every minute", () => {
  const asked = live(4 * 3_600, () => 1_000);
  expect(turningPoints(asked.slice(0, 3_600))).toBeLessThanOrEqual(16);
  expect(turningPoints(asked.slice(3_600))).toBeLessThanOrEqual(24);
  const letIn = asked.slice(60).filter((one) => one < 1_000).length;
  expect(letIn / asked.length).toBeLessThan(0.02);
});

test("who proves more than is asked for raises nothing for anybody", () => {
  const effort = new Effort(bounds, 0);
  for (let second = 1; second < 600; second += 1) {
    for (let count = 0; count < 1_000; count += 1) effort.note({ effort: 2 ** 31, waitedMs: 100 });
    effort.tend(second * secondMs);
  }
  expect(effort.effort).toBe(0);
});

test("those who prove nothing raise it only once: they wait, whatever is asked of the others", () => {
  const effort = new Effort(bounds, 0);
  for (let second = 1; second < 600; second += 1) {
    for (let count = 0; count < 1_000; count += 1) effort.note({ effort: 0, waitedMs: undefined });
    for (let count = 0; count < 10; count += 1) effort.note({ effort: effort.effort, waitedMs: 100 });
    effort.tend(second * secondMs);
  }
  expect(effort.effort).toBe(250);
});

test("a few who always ask for too much hold nothing up", () => {
  const effort = new Effort(bounds, 0);
  live(60, () => 500, effort);
  expect(effort.effort).toBeGreaterThan(0);
  for (let second = 60; second < 1_200; second += 1) {
    for (let count = 0; count < 100; count += 1) effort.note({ effort: effort.effort, waitedMs: 50 });
    effort.note({ effort: effort.effort, waitedMs: undefined });
    effort.tend(second * secondMs);
  }
  expect(effort.effort).toBe(0);
});

test("whatever happens: within its bounds, whole, and never two turns within half a minute", () => {
  const seconds = fc.array(
    fc.record({
      effort: fc.integer({ min: 0, max: 4_000 }),
      count: fc.integer({ min: 0, max: 30 }),
      waitedMs: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
      afterMs: fc.integer({ min: 0, max: 40_000 }),
    }),
    { minLength: 50, maxLength: 400 },
  );
  fc.assert(
    fc.property(seconds, (all) => {
      const effort = new Effort(bounds, 0);
      let nowMs = 0;
      let last = 0;
      let raisedMs = 0;
      for (const { effort: proven, count, waitedMs, afterMs } of all) {
        for (let one = 0; one < count; one += 1) effort.note({ effort: proven, waitedMs });
        nowMs += afterMs;
        effort.tend(nowMs);
        const now = effort.effort;
        expect(Number.isInteger(now) && (now === 0 || (now >= 250 && now <= 2_000))).toBe(true);
        if (now < last) expect(nowMs - raisedMs).toBeGreaterThanOrEqual(30_000);
        if (now > last) raisedMs = nowMs;
        last = now;
      }
    }),
  );
});
