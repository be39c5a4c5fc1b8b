// Volume and health as an edge asks for them, ten times a second: what is seen how soon, and what is nothing.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { Health, judgeHealth, type Vitals } from "./health.ts";
import { highFactor, highFloorPerS, Volume } from "./volume.ts";

const tickMs = 100;
const well: Vitals = { lagMs: 1, cpuShare: 0.2 };

describe("volume", () => {
  test("a flood is high within half a second, also on the first day", () => {
    expect(highAt((ms) => (ms >= 10_000 ? 2_000 : 5))).toEqual([10_300]);
    expect(highAt(() => 2_000)).toEqual([300]);
  });

  test("usual traffic, a busy hour and anything below the floor are not", () => {
    expect(highAt(() => 20, 20)).toEqual([]);
    expect(highAt(() => 20 * highFactor - 1, 20)).toEqual([]);
    expect(highAt(() => highFloorPerS - 1, 0)).toEqual([]);
  });

  test("one odd moment is nothing: a page's pictures, or counts that came late", () => {
    expect(highAt((ms) => (ms % 2_000 === 0 ? 400 : 0))).toEqual([]);
    expect(highAt((ms) => (ms % 5_000 < 200 ? 150 : 2))).toEqual([]);
  });

  test("pulses of a fifth of a second are seen", () => {
    const [first = Infinity] = highAt((ms) => (ms % 1_000 < 200 ? 2_000 : 5));
    expect(first).toBeLessThan(4_000);
  });

  test("it is over within about a second of its end", () => {
    const volume = new Volume(0);
    let lastHighMs = 0;
    for (let nowMs = tickMs; nowMs <= 20_000; nowMs += tickMs) {
      const { high } = volume.step({ requests: nowMs <= 5_000 ? 200 : 1, usualPerS: 10, nowMs });
      if (high) lastHighMs = nowMs;
    }
    expect(lastHighMs).toBeGreaterThan(5_000);
    expect(lastHighMs).toBeLessThanOrEqual(7_000);
  });

  test("says what goes beyond the usual", () => {
    const volume = new Volume(0);
    for (let nowMs = tickMs; nowMs <= 1_000; nowMs += tickMs)
      volume.step({ requests: 100, usualPerS: 30, nowMs });
    expect(volume.step({ requests: 100, usualPerS: 30, nowMs: 1_100 })).toEqual({
      high: true,
      sinceMs: 0,
      ratePerS: 1_000,
      usualPerS: 30,
      highFromPerS: 120,
      excessPerS: 970,
    });
  });

  test("says when it began: at the flood's onset, also behind a crowd", () => {
    const volume = new Volume(0);
    const perS = (ms: number): number => (ms < 2_000 ? 5 : ms < 10_000 ? 100 : 2_000);
    const since = new Set<number | undefined>();
    for (let nowMs = tickMs; nowMs <= 20_000; nowMs += tickMs) {
      since.add(volume.step({ requests: perS(nowMs - tickMs) / 10, usualPerS: 5, nowMs }).sinceMs);
    }
    expect([...since]).toEqual([undefined, 2_000, 10_000]);
  });

  test("whatever the clock does, it counts in bounds", () => {
    const step = fc.record({ byMs: fc.integer({ min: -5_000, max: 5_000 }), requests: fc.nat(10_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const volume = new Volume(0);
        let nowMs = 0;
        for (const { byMs, requests } of steps) {
          nowMs += byMs;
          const sign = volume.step({ requests, usualPerS: 10, nowMs });
          expect(sign.ratePerS).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(sign.ratePerS)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("health", () => {
  test("each of the four can be bad, and nothing is where nothing was measured", () => {
    expect(judgeHealth({ ...well, lagMs: 50 }, false)).toEqual(["lag"]);
    expect(judgeHealth({ ...well, cpuShare: 0.95 }, false)).toEqual(["processor"]);
    expect(judgeHealth({ ...well, originMs: 3_000, originErrors: 0.5 }, false)).toEqual([
      "origin latency",
      "origin errors",
    ]);
    expect(judgeHealth(well, false)).toEqual([]);
  });

  test("is bad after several hundred ms, not after one stall", () => {
    const health = new Health();
    expect(health.step({ ...well, lagMs: 400 }, 0).bad).toBe(false);
    expect(health.step(well, 100).bad).toBe(false);
    const found = [200, 300, 400, 500].map((ms) => health.step({ ...well, lagMs: 400 }, ms).bad);
    expect(found).toEqual([false, false, false, true]);
  });

  test("is good again only after seconds below the lower bounds", () => {
    const health = new Health();
    for (const ms of [0, 100, 200, 300]) health.step({ ...well, lagMs: 400 }, ms);
    expect(health.step({ ...well, lagMs: 30 }, 10_000)).toEqual({ bad: true, causes: ["lag"] });
    expect(health.step(well, 10_100).bad).toBe(true);
    expect(health.step(well, 13_000).bad).toBe(true);
    expect(health.step(well, 13_100).bad).toBe(false);
  });
});

/** When volume becomes high within a minute; `perS` by time. */
function highAt(perS: (ms: number) => number, usualPerS = 5): number[] {
  const volume = new Volume(0);
  const found: number[] = [];
  let before = false;
  for (let nowMs = tickMs; nowMs <= 60_000; nowMs += tickMs) {
    const { high } = volume.step({ requests: perS(nowMs - tickMs) / 10, usualPerS, nowMs });
    if (high && !before) found.push(nowMs);
    before = high;
  }
  return found;
}
