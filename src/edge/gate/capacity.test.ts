// How many requests at a time the origin carries, as it is learned from how long answers take: properties, and a server with so many hands.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { Capacity } from "./capacity.ts";

const bounds = { least: 2, first: 8, most: 112 };

const step = fc.oneof(
  fc.record({
    kind: fc.constant("answered" as const),
    tookMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
    running: fc.integer({ min: 1, max: 200 }),
    afterMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant("overloaded" as const),
    afterMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
  }),
);

test("whatever comes, the limit is a whole number within its bounds", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const capacity = new Capacity(bounds, 0);
      let nowMs = 0;
      for (const one of steps) {
        nowMs += one.afterMs;
        if (one.kind === "overloaded") capacity.overloaded(nowMs);
        else capacity.answered(one.tookMs, one.running, nowMs);
        expect(Number.isInteger(capacity.limit)).toBe(true);
        expect(capacity.limit).toBeGreaterThanOrEqual(bounds.least);
        expect(capacity.limit).toBeLessThanOrEqual(bounds.most);
      }
    }),
  );
});

/** Of a server with so many hands, each of which takes so long; readers ask as often as they are let in. Returns how many are let in at the end. */
function flooded(capacity: Capacity, hands: number, workMs: number, fromMs: number, forMs: number): number {
  const running: { readonly endsMs: number; readonly startedMs: number; readonly running: number }[] = [];
  const free = Array.from({ length: hands }, () => fromMs);
  for (let nowMs = fromMs; nowMs < fromMs + forMs; nowMs += 1) {
    running.sort((a, b) => a.endsMs - b.endsMs);
    while ((running[0]?.endsMs ?? Infinity) <= nowMs) {
      const over = running.shift();
      if (over !== undefined) capacity.answered(nowMs - over.startedMs, over.running, nowMs);
    }
    while (running.length < capacity.limit) {
      free.sort((a, b) => a - b);
      const endsMs = Math.max(nowMs, free[0] ?? 0) + workMs;
      free[0] = endsMs;
      running.push({ endsMs, startedMs: nowMs, running: running.length + 1 });
    }
  }
  return capacity.limit;
}

test("a server that carries everything is given everything", () => {
  expect(flooded(new Capacity(bounds, 0), 500, 50, 0, 20_000)).toBe(bounds.most);
});

test("one with eight hands is given a few times eight, however long the flood lasts", () => {
  const capacity = new Capacity(bounds, 0);
  for (const minute of [0, 1, 2, 3]) {
    const limit = flooded(capacity, 8, 100, minute * 60_000, 60_000);
    expect(limit).toBeGreaterThanOrEqual(6);
    expect(limit).toBeLessThanOrEqual(32);
  }
});

test("one that loses most of its hands is given less, and more when it has them back", () => {
  const capacity = new Capacity(bounds, 0);
  const many = flooded(capacity, 60, 100, 0, 30_000);
  const few = flooded(capacity, 4, 100, 30_000, 30_000);
  expect(few).toBeLessThan(many / 2);
  expect(flooded(capacity, 60, 100, 60_000, 60_000)).toBeGreaterThan(few * 2);
});

test("one that became slower for good is not taken for overloaded for ever", () => {
  const capacity = new Capacity(bounds, 0);
  flooded(capacity, 200, 50, 0, 20_000);
  flooded(capacity, 200, 400, 20_000, 150_000);
  expect(capacity.limit).toBeGreaterThan(50);
});

test("answers that don't come make it less, those of one moment once", () => {
  const capacity = new Capacity(bounds, 0);
  for (let count = 0; count < 100; count += 1) capacity.overloaded(1_000);
  expect(capacity.limit).toBe(6);
  capacity.overloaded(2_000);
  expect(capacity.limit).toBe(5);
});

test("while few ask, nothing is learned from how long that took", () => {
  const capacity = new Capacity(bounds, 0);
  for (let nowMs = 0; nowMs < 60_000; nowMs += 100) capacity.answered(nowMs % 7_000, 1, nowMs);
  expect(capacity.limit).toBe(bounds.first);
});
