// What is left of a pass: counted by all workers together, whatever happens between them.
import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Spent, spentBytes, spentLifeMaxMs } from "./spent.ts";

const nowMs = Date.UTC(2011, 6, 31, 14);
const expiresMs = nowMs + 1_800_000;

function spentFor(idsMax: number): Spent {
  return new Spent(new SharedArrayBuffer(spentBytes(idsMax)));
}

/** How many of `times` were let through. */
function granted(spent: Spent, id: bigint, most: number, times = most + 5): number {
  return Array.from({ length: times }, () => spent.spend(id, most, expiresMs, nowMs)).filter(Boolean).length;
}

test("a budget is spent once", () => {
  const spent = spentFor(64);
  expect(granted(spent, 1n, 40)).toBe(40);
  expect(granted(spent, 2n ** 64n - 1n, 1)).toBe(1);
  expect(granted(spent, 0n, 3)).toBe(3);
});

test("nothing expired, nothing that is good for too long", () => {
  const spent = spentFor(64);
  expect(spent.spend(1n, 40, nowMs, nowMs)).toBe(false);
  expect(spent.spend(1n, 40, nowMs + spentLifeMaxMs + 1, nowMs)).toBe(false);
  expect(spent.spend(1n, 40, nowMs + spentLifeMaxMs, nowMs)).toBe(true);
});

test("however many there are, each has its own, and places are free again once they expired", () => {
  const all = fc.uniqueArray(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 200 });
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 5 }), (ids, most) => {
      const spent = spentFor(2_048);
      for (let round = 0; round < 10; round += 1) {
        const atMs = nowMs + round * spentLifeMaxMs;
        const spend = (id: bigint) => spent.spend(id, most, atMs + 1_000, atMs);
        for (let use = 0; use < most; use += 1) expect(ids.every(spend)).toBe(true);
        expect(ids.some(spend)).toBe(false);
      }
      expect(spent.overflows).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test("a full table lets through what it can't count, and says so; who is counted stays counted", () => {
  const spent = spentFor(16);
  for (let id = 0n; id < 16n; id += 1n) expect(granted(spent, id, 2)).toBe(2);
  expect(spent.overflows).toBe(0);
  expect(granted(spent, 99n, 2)).toBe(7);
  expect(spent.overflows).toBe(7);
  expect(granted(spent, 3n, 2)).toBe(0);
});

test("a full span leaves the next one its place", () => {
  const spent = spentFor(4);
  for (let id = 0n; id < 9n; id += 1n) spent.spend(id, 1, expiresMs, nowMs);
  const laterMs = expiresMs + 1_800_000;
  expect(spent.spend(5n, 1, laterMs, nowMs)).toBe(true);
  expect(spent.spend(5n, 1, laterMs, nowMs)).toBe(false);
});

describe("workers at once", () => {
  const workers = Array.from(
    { length: 4 },
    () => new Worker(new URL("../../../test/spender.ts", import.meta.url)),
  );
  afterAll(() => workers.forEach((worker) => worker.terminate()));

  /** Who was let through how often, by all of them. */
  async function hammer(order: object): Promise<number[]> {
    const answers = workers.map(
      (worker) =>
        new Promise<number[]>((resolve, reject) => {
          worker.addEventListener("message", ({ data }) => resolve(data as number[]), { once: true });
          worker.addEventListener("error", reject, { once: true });
          worker.postMessage(order);
        }),
    );
    const counts = await Promise.all(answers);
    return (counts[0] ?? []).map((_, at) => counts.reduce((sum, one) => sum + (one[at] ?? 0), 0));
  }

  test("never spend more than there is, of one serial or of many", async () => {
    for (const ids of [1, 50]) {
      const memory = new SharedArrayBuffer(spentBytes(256));
      const sums = await hammer({ memory, ids, most: 1_000, times: 2_000, expiresMs, nowMs });
      expect(sums).toEqual(Array.from({ length: ids }, () => 1_000));
    }
  });

  test("where each counts by itself, a pass is worth as many budgets as there are workers", async () => {
    const sums = await hammer({
      bytes: spentBytes(256),
      ids: 1,
      most: 1_000,
      times: 2_000,
      expiresMs,
      nowMs,
    });
    expect(sums).toEqual([4_000]);
  });

  test("find one place for what comes to all of them at the same time", async () => {
    const memory = new SharedArrayBuffer(spentBytes(4_096));
    const sums = await hammer({ memory, ids: 1_500, most: 1, times: 1, expiresMs, nowMs });
    expect(sums.every((sum) => sum === 1)).toBe(true);
  });
});
