// The baseline in simulated time: what it learns of calm weeks, what an attacker with twelve days can do to it, and what is kept.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { type Flow, people, swarm, trafficOfFlows } from "../../test/traffic.ts";
import { seededRandom } from "../base/random.ts";
import {
  type Baseline,
  baselineRecordSchema,
  isSettled,
  learn,
  priorBaseline,
  recall,
  recordOf,
  usual,
  usualRate,
} from "./baseline.ts";
import { isStrange, readSigns } from "./flood-signs.ts";
import { highFrom } from "./modes/volume.ts";
import { distance } from "./traffic.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday. */
const startMs = Date.parse("2011-07-04T00:00:00Z");
const prior = priorBaseline(["ar", "fr", "en"]);
const stepS = 300;

describe("volume by hour of the week", () => {
  const known = pass(prior, startMs, 15, (atMs) => [people(honestRate(atMs))]);
  const afterMs = startMs + 15 * dayMs;

  test("is what it was at that hour in the weeks before", () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const atMs = afterMs + hour * hourMs + 1_800_000;
      expect(usualRate(known, atMs) / honestRate(atMs)).toBeGreaterThan(0.7);
      expect(usualRate(known, atMs) / honestRate(atMs)).toBeLessThan(1.4);
    }
  });

  test("a night is not measured by the day: what is high is less", () => {
    const [night, day] = [afterMs + 4 * hourMs, afterMs + 15 * hourMs].map((atMs) => usualRate(known, atMs));
    expect(night).toBeLessThan((day ?? 0) / 2);
  });

  test("after one day its hours stand in for those of other days", () => {
    const day = pass(prior, startMs, 1.1, (atMs) => [people(honestRate(atMs))]);
    expect(isSettled(day)).toBe(true);
    const [night = 0, noon = 0] = [4, 15].map((hour) => usualRate(day, startMs + 3 * dayMs + hour * hourMs));
    expect(noon).toBeGreaterThan(night * 1.5);
    expect(noon).toBeLessThan(honestRate(startMs + 15 * hourMs) * 1.4);
  });

  test("the prior stands in at first, and a busy site is learned in a day", () => {
    expect(usualRate(prior, startMs)).toBe(5);
    const busy = pass(prior, startMs, 1.1, () => [people(500)]);
    expect(highFrom(usualRate(busy, startMs + 2 * dayMs))).toBeGreaterThan(500);
  });

  test("what a burst brings in less than half of an hour is not learned", () => {
    const quiet = pass(known, afterMs, 7, (atMs) => [people(honestRate(atMs))]);
    const bursts = pass(known, afterMs, 7, (atMs) =>
      atMs % hourMs < 0.4 * hourMs ? [people(honestRate(atMs) * 50)] : [people(honestRate(atMs))],
    );
    for (let hour = 0; hour < 168; hour += 1) {
      const atMs = afterMs + hour * hourMs;
      expect(usualRate(bursts, atMs)).toBeLessThan(usualRate(quiet, atMs) * 1.1);
    }
  });
});

describe("twelve days of a flood that stays below what is seen", () => {
  const known = pass(prior, startMs, 21, (atMs) => [people(honestRate(atMs))]);
  const fromMs = startMs + 21 * dayMs;
  const days = 12;
  /** Requests/s beside the readers', by what is usual at that time: it knows the rule, and stays just below. */
  const floods: Readonly<Record<string, (usualPerS: number, atMs: number) => number>> = {
    constant: (usualPerS, atMs) => 0.95 * highFrom(usualPerS) - honestRate(atMs),
    ramp: (usualPerS, atMs) =>
      ((atMs - fromMs) / (days * dayMs)) * (0.95 * highFrom(usualPerS) - honestRate(atMs)),
    nightly: (usualPerS, atMs) =>
      (atMs / hourMs) % 24 < 6 ? 0.95 * highFrom(usualPerS) - honestRate(atMs) : 0,
  };

  for (const [name, rate] of Object.entries(floods)) {
    test(`${name}: hardly lifts the threshold, and does not shift the composition, were all of it believed`, () => {
      const after = pass(known, fromMs, days, (atMs, baseline) => [
        people(honestRate(atMs)),
        swarm(Math.max(0, rate(usualRate(baseline, atMs), atMs))),
      ]);
      for (let hour = 0; hour < 168; hour += 1) {
        const atMs = fromMs + days * dayMs + hour * hourMs;
        expect(highFrom(usualRate(after, atMs))).toBeLessThan(1.6 * highFrom(usualRate(known, atMs)));
      }
      expect(distance(usual(after.kinds), usual(known.kinds))).toBeLessThan(0.13);
      const flood = trafficOfFlows([people(20), swarm(300)], { endMs: fromMs + days * dayMs });
      expect(isStrange(readSigns(flood, after))).toBe(true);
      expect(flood.requests).toBeGreaterThan(highFrom(usualRate(after, flood.endMs)));
    });
  }

  test("an average without these bounds is lifted until a real flood is usual", () => {
    let naive = honestRate(fromMs);
    for (let hour = 0; hour < days * 24; hour += 1) naive += (0.95 * highFrom(naive) - naive) / 48;
    expect(highFrom(naive)).toBeGreaterThan(10_000);
  });
});

describe("what it learns of", () => {
  test("nothing, where nothing may be learned", () => {
    expect(pass(prior, startMs, 2, () => [swarm(40)], 0)).toEqual(prior);
  });

  test("little, where what comes looks strange", () => {
    const outdated = ({ kinds }: Baseline): number => kinds.shares["outdated ar bare"] ?? 0;
    const [doubted, believed] = [0.1, 1].map((trust) =>
      outdated(pass(prior, startMs, 0.5, () => [swarm(40)], trust)),
    );
    expect(doubted).toBeLessThan((believed ?? 0) / 4);
  });

  test("no hour of fewer than 20 requests or sources: averages of a few are about somebody", () => {
    const one = { ...people(30), sources: 0 };
    expect(recordOf(pass(prior, startMs, 2, () => [one]))).toEqual(recordOf(prior));
    const few = { ...people(0.002), sources: 30 };
    expect(recordOf(pass(prior, startMs, 2, () => [few]))).toEqual(recordOf(prior));
  });

  test("no value with few requests", () => {
    const rare = { ...people(20), countries: { MA: 20, LU: 0.001 } };
    const countries = pass(prior, startMs, 2, () => [rare]).countries.shares;
    expect(Object.keys(countries)).toEqual(["MA"]);
  });
});

describe("what is kept", () => {
  test("is the record, without the hour that is going on", () => {
    const known = pass(prior, startMs, 3.02, (atMs) => [people(honestRate(atMs))]);
    const record = baselineRecordSchema.parse(JSON.parse(JSON.stringify(recordOf(known))));
    expect(record).toEqual(recordOf(known));
    expect(usualRate(recall(record), startMs)).toBe(usualRate(known, startMs));
    expect(recall(record).hour.requests).toBe(0);
  });

  test("keeps its form and bounds, whatever it is shown", () => {
    const flow = fc.record({
      kinds: fc.dictionary(
        fc.constantFrom("chrome ar parts", "none none bare", "tool en bare"),
        fc.nat(10_000),
      ),
      sources: fc.nat(10_000),
      countries: fc.dictionary(fc.string({ maxLength: 8 }), fc.nat(10_000), { maxKeys: 500 }),
    });
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 10 }), (flows) => {
        const baseline = flows.reduce<Baseline>(
          (sum, each, at) =>
            learn(sum, trafficOfFlows([each], { endMs: startMs + at * hourMs, seconds: 1_800 }), 1),
          prior,
        );
        expect(baselineRecordSchema.parse(recordOf(baseline))).toEqual(recordOf(baseline));
        expect(Object.keys(baseline.countries.shares).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 30 },
    );
  });
});

const random = seededRandom(20_110_731);

/** Requests/s of honest readers: a day's curve with its low at four in the morning, less on Sundays, and noise. */
function honestRate(atMs: number): number {
  const hour = (atMs / hourMs) % 24;
  const sunday = new Date(atMs).getUTCDay() === 0 ? 0.7 : 1;
  return sunday * (20 - 15 * Math.cos(((hour - 4) / 24) * 2 * Math.PI));
}

/** So many days, five minutes at a time. */
function pass(
  before: Baseline,
  fromMs: number,
  days: number,
  flows: (atMs: number, baseline: Baseline) => readonly Flow[],
  trust = 1,
): Baseline {
  let baseline = before;
  for (let atMs = fromMs; atMs < fromMs + days * dayMs; atMs += stepS * 1_000) {
    const noisy = flows(atMs, baseline).map((flow) => swollen(flow, 0.9 + 0.2 * random.next()));
    baseline = learn(baseline, trafficOfFlows(noisy, { endMs: atMs + stepS * 1_000, seconds: stepS }), trust);
  }
  return baseline;
}

function swollen(flow: Flow, by: number): Flow {
  const kinds = Object.fromEntries(Object.entries(flow.kinds).map(([kind, perS]) => [kind, perS * by]));
  return { ...flow, kinds };
}
