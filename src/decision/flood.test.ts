// Floods and crowds in simulated time: what is opened, what stays calm, what closes, and what the baseline learns of it.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { type Baseline, baselineSchema, learn, priorBaseline } from "./baseline.ts";
import { calmState, closingQuietS, type FloodState, stepFlood, trustIn } from "./flood.ts";
import { highFloorPerS, isStrange, readSigns } from "./flood-signs.ts";
import { latencyBuckets } from "./latency.ts";
import type { KindTraffic, Traffic } from "./traffic.ts";
import { kindName, parseKind } from "./traits.ts";

/** Requests a second by kind, from so many sources in so many countries. */
interface Stream {
  readonly kinds: Readonly<Record<string, number>>;
  readonly sources: number;
  readonly countries: Readonly<Record<string, number>>;
}

const home = { MA: 0.6, FR: 0.25, BE: 0.15 };

/** Readers of a site in Arabic and French, `rate` requests a second. */
function readers(rate: number, countries: Readonly<Record<string, number>> = home): Stream {
  const kinds = {
    "chrome ar parts": 0.3,
    "chrome ar bare": 0.13,
    "chrome fr parts": 0.15,
    "safari fr parts": 0.12,
    "in-app ar parts": 0.15,
    "firefox fr bare": 0.08,
    "feed-reader none bare": 0.03,
    "crawler none bare": 0.04,
  };
  return { kinds: scaled(kinds, rate), sources: rate / 2, countries: scaled(countries, rate) };
}

/** The automated requests of 2011: old programs, no style sheets, ten requests a second from each source. */
function bots(rate: number, country = "SA"): Stream {
  const kinds = { "outdated ar bare": 0.5, "none none bare": 0.3, "outdated en bare": 0.2 };
  return { kinds: scaled(kinds, rate), sources: rate / 10, countries: { [country]: rate } };
}

const nobody: Stream = { kinds: {}, sources: 0, countries: {} };

describe("a flood", () => {
  test("is seen within five seconds by an install that has learned nothing", () => {
    const run = simulate(repeat(5, () => [readers(3), bots(4_000)]));
    expect(run.changes[0]).toMatchObject({ change: "opened" });
    expect(run.changes[0]?.second).toBeLessThan(5);
  });

  test("is seen at any rate above the floor, from any country, in any mix with readers", () => {
    const rate = fc.integer({ min: 200, max: 100_000 });
    const usual = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(rate, usual, fc.constantFrom("SA", "MA", "US"), (flood, few, country) => {
        const run = simulate(
          repeat(6, () => [readers(few), bots(flood, country)]),
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
      repeat(minutes * 60, (second) => [readers(20), bots((second / (minutes * 60)) * 400)]),
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
          readers(20),
          second % (onS + offS) < onS ? bots(3_000) : nobody,
        ]);
        const run = simulate([...pulses, ...calm(2 * closingQuietS)], learned(20));
        expect(run.changes.map(({ change }) => change)).toEqual(["opened", "closed"]);
      }),
      { numRuns: 6 },
    );
  });

  test("in pulses shorter than it takes to open is seen at the second or third", () => {
    const run = simulate(
      repeat(120, (second) => [readers(20), second % 20 < 2 ? bots(3_000) : nobody]),
      learned(20),
    );
    expect(run.changes).toHaveLength(1);
    expect(run.changes[0]?.second).toBeLessThan(45);
  });

  test("is over once it has been quiet for the closing time, not before", () => {
    const run = simulate([...repeat(10, () => [readers(20), bots(3_000)]), ...calm(100)], learned(20));
    expect(run.changes.map(({ change }) => change)).toEqual(["opened", "closed"]);
    expect(run.changes[1]?.second).toBe(10 + closingQuietS - 1);
  });

  test("teaches the baseline nothing", () => {
    const before = learned(20);
    const run = simulate(
      repeat(600, () => [readers(20), bots(3_000)]),
      before,
    );
    const opened = run.changes[0]?.second ?? 0;
    expect(opened).toBeLessThan(5);
    expect(run.baseline).toEqual(before);
  });
});

test("a flood behind the names of today's browsers is seen by an install that has learned nothing", () => {
  const kinds = {
    "chrome ar bare": 120,
    "safari ar bare": 60,
    "firefox ar bare": 60,
    "outdated ar bare": 60,
  };
  const run = simulate(repeat(6, () => [readers(3), { kinds, sources: 300, countries: {} }]));
  expect(run.changes.map(({ change }) => change)).toEqual(["opened"]);
});

describe("a crowd", () => {
  test("of usual readers stays calm, however large", () => {
    const usual = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(usual, fc.integer({ min: 5, max: 2_000 }), (rate, factor) => {
        const run = simulate(
          repeat(120, () => [readers(rate * factor)]),
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
        repeat(300, () => [readers(2_000, { SA: 1 })]),
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
        repeat(300, () => [readers(20), app]),
        learned(20),
      ).changes,
    ).toEqual([]);
  });

  test("on the first day stays calm", () => {
    expect(simulate(repeat(300, () => [readers(1_000)])).changes).toEqual([]);
  });
});

test("strange requests in small numbers are no flood", () => {
  const few = fc.integer({ min: 0, max: highFloorPerS - 1 });
  fc.assert(
    fc.property(few, (rate) => {
      expect(
        simulate(
          repeat(120, () => [bots(rate)]),
          learned(5),
        ).changes,
      ).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

describe("each half of the rule is needed", () => {
  const crowd = readSigns(traffic([readers(2_000)]), learned(20));
  const trickle = readSigns(traffic([bots(40)]), learned(20));

  test("volume alone would call a crowd a flood", () => {
    expect(crowd.ratePerS).toBeGreaterThan(crowd.highRatePerS);
    expect(isStrange(crowd)).toBe(false);
  });

  test("composition alone would call a trickle a flood", () => {
    expect(isStrange(trickle)).toBe(true);
    expect(trickle.ratePerS).toBeLessThan(trickle.highRatePerS);
  });

  test("origin and language alone are never strange enough", () => {
    const abroad = traffic([
      { ...readers(2_000, { SA: 1 }), kinds: { "chrome en parts": 1_400, "chrome en bare": 600 } },
    ]);
    const signs = readSigns(abroad, learned(20));
    expect(signs.traits.filter(({ strange }) => strange).map(({ trait }) => trait)).toEqual([
      "language",
      "country",
    ]);
    expect(isStrange(signs)).toBe(false);
  });
});

describe("the baseline", () => {
  test("learns what is usual from calm hours", () => {
    const baseline = learned(20, 3 * 3_600);
    expect(Math.abs(baseline.rate_per_s - 20)).toBeLessThan(1);
    expect(baseline.countries.shares["MA"]).toBeCloseTo(0.6, 1);
  });

  test("is hardly lifted by one day's burst", () => {
    const before = learned(20, 86_400);
    const run = simulate(
      repeat(300, () => [readers(20_000)]),
      before,
    );
    expect(run.baseline.rate_per_s).toBeLessThan(before.rate_per_s * 1.02);
  });

  test("learns little of what it can't tell from a crowd", () => {
    const bare = { kinds: { "chrome ar bare": 180, "chrome fr bare": 120 }, sources: 300, countries: home };
    const before = learned(5);
    const { baseline, changes } = simulate(
      repeat(60, () => [bare]),
      before,
    );
    expect(changes).toEqual([]);
    const usualBare = (known: Baseline): number => known.kinds.shares["chrome ar bare"] ?? 0;
    expect(usualBare(baseline) - usualBare(before)).toBeLessThan(0.01);
  });

  test("learns slowly from what looks strange", () => {
    const before = learned(5);
    const strange = simulate(
      repeat(600, () => [bots(40)]),
      before,
    ).baseline;
    const trusted = repeat(600, () => bots(40)).reduce(
      (sum, stream) => learn(sum, traffic([stream]), 1),
      before,
    );
    const outdated = (baseline: Baseline): number => baseline.kinds.shares["outdated ar bare"] ?? 0;
    expect(outdated(strange) - outdated(before)).toBeLessThan((outdated(trusted) - outdated(before)) / 3);
  });

  test("keeps its form and bounds, whatever it is shown", () => {
    const name = fc.string({ maxLength: 8 });
    const any = fc.record({
      kinds: fc.dictionary(
        fc.constantFrom("chrome ar parts", "none none bare", "tool en bare"),
        fc.nat(10_000),
      ),
      sources: fc.nat(10_000),
      countries: fc.dictionary(name, fc.nat(10_000), { maxKeys: 500 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 10 }), (streams) => {
        const baseline = streams.reduce(
          (sum, stream) => learn(sum, traffic([stream]), 1),
          priorBaseline(["ar"]),
        );
        expect(baselineSchema.parse(baseline)).toEqual(baseline);
        expect(Object.keys(baseline.countries.shares).length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

interface Run {
  readonly changes: readonly { second: number; change: string; ratePerS: number }[];
  readonly state: FloodState;
  readonly baseline: Baseline;
}

/** One second after the other, as the watch does it. */
function simulate(
  seconds: readonly (readonly Stream[])[],
  baseline = priorBaseline(["ar", "fr", "en"]),
): Run {
  let run: Run = { changes: [], state: calmState, baseline };
  seconds.forEach((streams, second) => {
    const seen = traffic(streams);
    const signs = readSigns(seen, run.baseline);
    const step = stepFlood(run.state, signs, seen.seconds);
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

function calm(seconds: number): Stream[][] {
  return repeat(seconds, () => [readers(20)]);
}

/** After so many calm seconds of readers, ten at a time. */
function learned(rate: number, seconds = 3_600): Baseline {
  const tenSeconds = { ...traffic([readers(rate * 10)]), sources: rate / 2, seconds: 10 };
  return repeat(seconds / 10, () => tenSeconds).reduce(
    (sum, seen) => learn(sum, seen, 1),
    priorBaseline(["ar", "fr", "en"]),
  );
}

function traffic(streams: readonly Stream[]): Traffic {
  const kinds = new Map<string, KindTraffic>();
  const countries = new Map<string, number>();
  for (const stream of streams) {
    for (const [name, requests] of Object.entries(stream.kinds)) {
      const kind = parseKind(name);
      if (kind === undefined) throw new Error(name);
      const sum = requests + (kinds.get(kindName(kind))?.requests ?? 0);
      const latency = Array.from({ length: latencyBuckets }, (_, bucket) => (bucket === 8 ? sum : 0));
      kinds.set(name, { kind, requests: sum, served: sum, latency });
    }
    for (const [code, requests] of Object.entries(stream.countries))
      countries.set(code, (countries.get(code) ?? 0) + requests);
  }
  const requests = kinds.values().reduce((sum, kind) => sum + kind.requests, 0);
  const sources = streams.reduce((sum, stream) => sum + stream.sources, 0);
  return { seconds: 1, requests, sources, kinds, countries, networks: new Map() };
}

function scaled(parts: Readonly<Record<string, number>>, rate: number): Record<string, number> {
  return Object.fromEntries(Object.entries(parts).map(([name, share]) => [name, share * rate]));
}
