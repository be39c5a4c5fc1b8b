// Floods and crowds in simulated time: what is opened, what stays calm, what closes, and what the baseline learns of it.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { type Flow, nobody, people, swarm, trafficOfFlows } from "../../test/traffic.ts";
import { type Baseline, learn, priorBaseline } from "./baseline.ts";
import { calmState, closingQuietS, type FloodState, stepFlood, trustIn } from "./flood.ts";
import { isHigh, isStrange, readSigns } from "./flood-signs.ts";
import { highFloorPerS } from "./modes/volume.ts";

describe("a flood", () => {
  test("is seen within five seconds by an install that has learned nothing", () => {
    const run = simulate(repeat(5, () => [people(3), swarm(4_000)]));
    expect(run.changes[0]).toMatchObject({ change: "opened" });
    expect(run.changes[0]?.second).toBeLessThan(5);
  });

  test("is seen at any rate above the floor, from any country, in any mix with readers", () => {
    const rate = fc.integer({ min: 200, max: 100_000 });
    const usual = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(rate, usual, fc.constantFrom("SA", "MA", "US"), (flood, few, country) => {
        const run = simulate(
          repeat(6, () => [people(few), swarm(flood, country)]),
          learned(few),
        );
        expect(run.changes.map(({ change }) => change)).toEqual(["opened"]);
      }),
      { numRuns: 10 },
    );
  });

  test("that grows slowly is seen before it is five times what was usual", () => {
    const minutes = 60;
    const run = simulate(
      repeat(minutes * 60, (second) => [people(20), swarm((second / (minutes * 60)) * 400)]),
      learned(20),
    );
    const opened = run.changes.find(({ change }) => change === "opened");
    expect(opened?.ratePerS).toBeLessThan(20 * 5);
  });

  test("in pulses is one incident, not many", () => {
    const on = fc.integer({ min: 4, max: 20 });
    const off = fc.integer({ min: 5, max: closingQuietS - 5 });
    fc.assert(
      fc.property(on, off, (onS, offS) => {
        const pulses = repeat(300, (second) => [
          people(20),
          second % (onS + offS) < onS ? swarm(3_000) : nobody,
        ]);
        const run = simulate([...pulses, ...calm(2 * closingQuietS)], learned(20));
        expect(run.changes.map(({ change }) => change)).toEqual(["opened", "closed"]);
      }),
      { numRuns: 6 },
    );
  });

  test("in pulses shorter than it takes to open is seen at the second or third", () => {
    const run = simulate(
      repeat(120, (second) => [people(20), second % 20 < 2 ? swarm(3_000) : nobody]),
      learned(20),
    );
    expect(run.changes).toHaveLength(1);
    expect(run.changes[0]?.second).toBeLessThan(45);
  });

  test("is over once it has been quiet for the closing time, not before", () => {
    const run = simulate([...repeat(10, () => [people(20), swarm(3_000)]), ...calm(100)], learned(20));
    expect(run.changes.map(({ change }) => change)).toEqual(["opened", "closed"]);
    expect(run.changes[1]?.second).toBe(10 + closingQuietS - 1);
  });

  test("teaches the baseline nothing", () => {
    const before = learned(20);
    const run = simulate(
      repeat(600, () => [people(20), swarm(3_000)]),
      before,
    );
    const opened = run.changes[0]?.second ?? 0;
    expect(opened).toBeLessThan(5);
    expect(run.baseline).toEqual(before);
  });
});

test("a flood behind the names of today's browsers is seen by its pace, by an install that has learned nothing", () => {
  const kinds = { "chrome ar bare": 1_200, "safari ar bare": 600, "firefox ar bare": 600 };
  const run = simulate(repeat(6, () => [people(3), { kinds, sources: 240, countries: {} }]));
  expect(run.changes.map(({ change }) => change)).toEqual(["opened"]);
});

describe("what edges say", () => {
  const quiet = { told: false, suspected: false, goesOn: false, shutOut: false };
  const opened = stepFlood(calmState, { ...quiet, told: true }, 1).state;

  test("opens at once; what only goes on does not", () => {
    expect(stepFlood(calmState, { ...quiet, told: true }, 1)).toMatchObject({ change: "opened", held: true });
    expect(stepFlood(calmState, { ...quiet, goesOn: true }, 1).change).toBe("none");
  });

  test("sources that are still shut out are no quiet, and not the flood either", () => {
    const shut = repeat(600, () => ({ ...quiet, shutOut: true })).reduce(
      (state, look) => stepFlood(state, look, 1).state,
      opened,
    );
    expect(shut).toMatchObject({ phase: "flood", quiet_s: 0 });
    expect(stepFlood(shut, { ...quiet, shutOut: true }, 1).held).toBe(false);
    expect(stepFlood(shut, quiet, closingQuietS).change).toBe("closed");
  });
});

describe("a crowd", () => {
  test("of usual readers stays calm, however large", () => {
    const usual = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(usual, fc.integer({ min: 5, max: 2_000 }), (rate, factor) => {
        const run = simulate(
          repeat(120, () => [people(rate * factor)]),
          learned(rate),
        );
        expect(run.changes).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  test("from a country that hardly ever reads stays calm", () => {
    expect(
      simulate(
        repeat(300, () => [people(2_000, { SA: 1 })]),
        learned(20),
      ).changes,
    ).toEqual([]);
  });

  test("that comes from one app stays calm", () => {
    const app = {
      kinds: { "in-app ar parts": 1_400, "in-app ar bare": 500 },
      sources: 900,
      countries: { MA: 1_900 },
    };
    expect(
      simulate(
        repeat(300, () => [people(20), app]),
        learned(20),
      ).changes,
    ).toEqual([]);
  });

  test("that fetches no parts, on one phone model, from one country, stays calm at fifty times the readers", () => {
    const bare = { kinds: { "chrome fr bare": 1_000 }, sources: 700, countries: { FR: 1_000 } };
    for (const baseline of [learned(20), undefined]) {
      expect(
        simulate(
          repeat(300, () => [people(20), bare]),
          baseline,
        ).changes,
      ).toEqual([]);
    }
  });

  test("on the first day stays calm", () => {
    expect(simulate(repeat(300, () => [people(1_000)])).changes).toEqual([]);
  });
});

test("strange requests in small numbers are no flood", () => {
  const few = fc.integer({ min: 0, max: highFloorPerS - 1 });
  fc.assert(
    fc.property(few, (rate) => {
      expect(
        simulate(
          repeat(120, () => [swarm(rate)]),
          learned(5),
        ).changes,
      ).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

describe("each half of the rule is needed", () => {
  const crowd = readSigns(trafficOfFlows([people(2_000)]), learned(20));
  const trickle = readSigns(trafficOfFlows([swarm(40)]), learned(20));

  test("volume alone would call a crowd a flood", () => {
    expect(crowd.ratePerS).toBeGreaterThan(crowd.highRatePerS);
    expect(isStrange(crowd)).toBe(false);
  });

  test("composition alone would call a trickle a flood", () => {
    expect(isStrange(trickle)).toBe(true);
    expect(trickle.ratePerS).toBeLessThan(trickle.highRatePerS);
  });

  test("origin and language alone are never strange enough", () => {
    const abroad = trafficOfFlows([
      { ...people(2_000, { SA: 1 }), kinds: { "chrome en parts": 1_400, "chrome en bare": 600 } },
    ]);
    const signs = readSigns(abroad, learned(20));
    expect(signs.traits.filter(({ strange }) => strange).map(({ trait }) => trait)).toEqual([
      "language",
      "country",
    ]);
    expect(isStrange(signs)).toBe(false);
  });
});

interface Run {
  readonly changes: readonly { second: number; change: string; ratePerS: number }[];
  readonly state: FloodState;
  readonly baseline: Baseline;
}

/** One second after the other, as the watch does it. */
function simulate(seconds: readonly (readonly Flow[])[], baseline = priorBaseline(["ar", "fr", "en"])): Run {
  let run: Run = { changes: [], state: calmState, baseline };
  seconds.forEach((streams, second) => {
    const seen = trafficOfFlows(streams);
    const signs = readSigns(seen, run.baseline);
    const strange = isStrange(signs);
    const goesOn = strange && signs.ratePerS >= signs.highRatePerS / 2;
    const look = { told: false, suspected: strange && isHigh(signs), goesOn, shutOut: false };
    const step = stepFlood(run.state, look, seen.seconds);
    const { change } = step;
    run = {
      state: step.state,
      baseline: learn(run.baseline, seen, trustIn(step, signs)),
      changes:
        change === "none" ? run.changes : [...run.changes, { second, change, ratePerS: signs.ratePerS }],
    };
  });
  return run;
}

function repeat<T>(seconds: number, of: (second: number) => T): T[] {
  return Array.from({ length: seconds }, (_, second) => of(second));
}

function calm(seconds: number): Flow[][] {
  return repeat(seconds, () => [people(20)]);
}

/** After a day and some hours of readers. */
const learned = (rate: number): Baseline => knownRates.get(rate) ?? learnedAnew(rate);
const knownRates = new Map<number, Baseline>();

function learnedAnew(rate: number): Baseline {
  let baseline = priorBaseline(["ar", "fr", "en"]);
  const dayBefore = Date.parse("2011-07-30T07:00:00Z");
  for (let minute = 0; minute < 26 * 60; minute += 10) {
    const endMs = dayBefore + (minute + 10) * 60_000;
    baseline = learn(baseline, trafficOfFlows([people(rate)], { endMs, seconds: 600 }), 1);
  }
  knownRates.set(rate, baseline);
  return baseline;
}
