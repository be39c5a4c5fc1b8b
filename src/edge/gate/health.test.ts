// What operators are told about the origin's health, from what several workers say.
import { expect, test } from "bun:test";
import { type GateReport, OriginHealth } from "./health.ts";

const quiet: GateReport = {
  breaker: "closed",
  awayMs: undefined,
  limit: 8,
  waiting: 0,
  ended: 0,
  failed: 0,
  tookMs: [],
  usualMs: 50,
};

test("capacities and those who wait are those of all workers", () => {
  const health = new OriginHealth();
  health.hear(0, { ...quiet, limit: 8, waiting: 1 }, 0);
  health.hear(1, { ...quiet, limit: 5, waiting: 2, tookMs: [20, 40, 90] }, 0);
  expect(health.facts).toEqual({ state: "slow", took_ms: 40, capacity: 13, waiting: 3 });
  health.lost(1);
  expect(health.facts.capacity).toBe(8);
});

test("what the gates ask is the most that a worker asks; what they gave out adds up", () => {
  const health = new OriginHealth();
  const toll = { isAsking: false, effort: 0, tickets: 2, passes: 1 };
  health.hear(0, { ...quiet, toll }, 0);
  health.hear(1, { ...quiet, toll: { ...toll, isAsking: true, effort: 16 } }, 0);
  health.hear(1, { ...quiet, toll: { ...toll, isAsking: true, effort: 24 } }, 100);
  expect(health.facts.gates).toEqual({ asking: 1, effort: 24, tickets: 6, passes: 3 });
});

test("the first that finds it away makes the others look; away it is when half of them find so", () => {
  const health = new OriginHealth();
  for (const slot of [0, 1, 2, 3]) health.hear(slot, quiet, 0);
  expect(health.hear(0, { ...quiet, breaker: "open", awayMs: 400 }, 1_000)).toBe("away");
  expect(health.facts.state).toBe("well");
  health.hear(1, { ...quiet, breaker: "open", awayMs: 100 }, 1_000);
  expect(health.facts.state).toBe("away");
  expect(health.awaySinceMs).toBe(600);
  expect(health.hear(0, { ...quiet, breaker: "open", awayMs: 1_400 }, 2_000)).toBeUndefined();
  expect(health.hear(0, { ...quiet, breaker: "trial", awayMs: 1_500 }, 2_100)).toBe("answers");
  expect(health.awaySinceMs).toBe(600);
});

test("failing while a fifth fails, and said to be well again only after a while", () => {
  const health = new OriginHealth();
  health.hear(0, { ...quiet, ended: 10, failed: 3 }, 0);
  expect(health.facts.state).toBe("failing");
  health.hear(0, { ...quiet, ended: 100 }, 1_000);
  expect(health.facts.state).toBe("failing");
  health.hear(0, { ...quiet, ended: 100 }, 5_500);
  expect(health.facts.state).toBe("well");
});

test("slow is three times as long as usual, and more than a second", () => {
  const health = new OriginHealth();
  health.hear(0, { ...quiet, tookMs: [800, 900, 950] }, 0);
  expect(health.facts.state).toBe("well");
  health.hear(0, { ...quiet, tookMs: [1_500, 1_600, 1_700, 1_800] }, 100);
  expect(health.facts.state).toBe("slow");
});

test("what is long ago says nothing", () => {
  const health = new OriginHealth();
  health.hear(0, { ...quiet, ended: 10, failed: 10, tookMs: [9_000] }, 0);
  for (let nowMs = 0; nowMs <= 20_000; nowMs += 1_000) health.hear(0, quiet, nowMs);
  expect(health.facts).toMatchObject({ state: "well", took_ms: null });
});
