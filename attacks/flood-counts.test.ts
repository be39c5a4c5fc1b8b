// When a flood is quiet, and what its answers come to.
import { describe, expect, test } from "bun:test";
import { FloodCounts, quietMs } from "./flood-counts.ts";

/** Tenths of a second with so many answers each. */
const from = (...parts: readonly (readonly [bins: number, count: number])[]): number[] =>
  parts.flatMap(([bins, count]) => Array.from({ length: bins }, () => count));
const all = (counts: readonly number[]): number[] => counts.map((_, bin) => bin);

describe("quiet", () => {
  test.each([
    ["never, at full rate to the end", from([40, 100]), null],
    ["never, at a fiftieth of it", from([20, 100], [20, 2]), null],
    ["from where it fell to nothing", from([20, 100], [20, 0]), 2_000],
    ["despite a straggler", from([20, 100], [10, 0], [1, 10], [19, 0]), 2_000],
    ["not for the last moment alone", from([40, 100], [4, 0]), null],
    ["counted from the first answer", from([10, 0], [10, 100], [20, 0]), 1_000],
    ["nothing that was never loud", from([40, 0]), null],
  ])("%s", (_, counts, expected) => {
    expect(quietMs(all(counts), counts)).toBe(expected);
  });

  test("pauses are no quiet, but what it finds afterwards is", () => {
    const pauses = from([20, 100], [20, 0], [20, 100], [20, 0]);
    const refused = from([20, 100], [20, 0], [20, 0], [20, 0]);
    const on = all(pauses).filter((bin) => bin % 40 < 20);
    expect(quietMs(on, pauses)).toBeNull();
    expect(quietMs(on, refused)).toBe(4_000);
  });
});

test("what is refused counts apart from what is served, by what was asked for", () => {
  const counts = new FloodCounts(0);
  for (const status of [200, 404, 429, 403]) {
    counts.sends("front");
    counts.answers("front", status, 50, 7);
  }
  counts.sends("sign-in");
  const report = counts.report(1, 3, () => true);
  expect(report).toMatchObject({ sources: 3, sent: 5, answered: 4, served: 2, refused: 2, peak_per_s: 4 });
  expect(report.goals).toEqual({
    front: { sent: 4, served: 2, refused: 2 },
    "sign-in": { sent: 1, served: 0, refused: 0 },
  });
  expect([report.p50_ms, report.p99_ms]).toEqual([7, 7]);
});
