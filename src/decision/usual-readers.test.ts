// How readers fare: the baseline's mix decides whose fate counts, not who makes most requests.
import { describe, expect, test } from "bun:test";
import { type Baseline, priorBaseline } from "./baseline.ts";
import { latencyBucket, latencyBuckets, quantileMs } from "./latency.ts";
import type { KindTraffic, Traffic } from "./traffic.ts";
import { parseKind } from "./traits.ts";
import { type ReadersFare, readersFare } from "./usual-readers.ts";

const baseline: Baseline = {
  ...priorBaseline(["ar"]),
  rate_per_s: 10,
  p99_ms: 5,
  kinds: { shares: { "chrome ar parts": 0.8, "firefox fr parts": 0.2 }, hours: 100 },
};

describe("readers during a flood", () => {
  test("what happens to the flood's own kind says nothing of readers", () => {
    const readers = fare({ "chrome ar parts": served(8), "none none bare": refused(50_000) });
    expect(readers).toMatchObject({ requests: 8, served: 8 });
  });

  test("a kind of readers that is refused counts by its usual share", () => {
    const readers = fare({ "chrome ar parts": served(30), "firefox fr parts": refused(2) });
    expect(readers.served / readers.requests).toBeCloseTo(0.8);
  });

  test("a flood that looks like one kind of readers can't outvote the other kinds", () => {
    const readers = fare({ "chrome ar parts": refused(50_000), "firefox fr parts": served(8) });
    expect(readers.requests).toBeCloseTo(4 * 10);
    expect(readers.served / readers.requests).toBeCloseTo(0.2);
  });

  test("a class that is usual here is harmed where a flood's refusal takes it along", () => {
    const shares = { "chrome ar parts": 0.95, "tool none bare": 0.05 };
    const usual = { ...baseline, kinds: { shares, hours: 100 } };
    const readers = fare({ "chrome ar parts": served(8), "tool none bare": refused(50_000) }, usual);
    expect(readers.served / readers.requests).toBeCloseTo(0.95);
  });

  test("an answer within the usual time × 3, or too fast to notice, was in time; a later one was not", () => {
    expect(fare({ "chrome ar parts": served(8, 60) }).served).toBeCloseTo(8);
    expect(fare({ "chrome ar parts": served(8, 200) }).served).toBe(0);
    expect(fare({ "chrome ar parts": served(8, 200) }, { ...baseline, p99_ms: 150 }).served).toBeCloseTo(8);
  });

  test("a flood in a reader's clothes that a rule refuses counts as what the rule does to readers", () => {
    const clothed = { requests: 50_000, served: 8, refused: 49_992, ms: 1 };
    const shares = { "chrome ar parts": clothed, "firefox fr parts": served(8) };
    expect(fare(shares).served / fare(shares).requests).toBeLessThan(0.21);
    const judged = fare(shares, baseline, 0, 0.002);
    expect(judged.served / judged.requests).toBeCloseTo(0.998);
  });

  test("a rule does not excuse pages that are broken or late", () => {
    const broken = { requests: 100, served: 5, refused: 90, ms: 1 };
    const judged = fare({ "chrome ar parts": broken }, baseline, 0, 0);
    expect(judged.served / judged.requests).toBeCloseTo(0.5);
    expect(fare({ "chrome ar parts": served(8, 200) }, baseline, 0, 0).served).toBe(0);
  });

  test("who comes while a worker looks away has waited that long", () => {
    const readers = fare({ "chrome ar parts": served(10) }, baseline, 500);
    expect(readers.served).toBeCloseTo(5);
    expect(quantileMs(readers.latency, 0.99)).toBeGreaterThanOrEqual(500);
  });
});

test("nobody reading is no requests", () => {
  expect(fare({})).toMatchObject({ requests: 0, served: 0 });
});

interface Kind {
  readonly requests: number;
  readonly served: number;
  readonly refused: number;
  readonly ms: number;
}

function refused(requests: number): Kind {
  return { requests, served: 0, refused: requests, ms: 1 };
}

function served(requests: number, ms = 1): Kind {
  return { requests, served: requests, refused: 0, ms };
}

function fare(
  kinds: Readonly<Record<string, Kind>>,
  usual = baseline,
  lagMs = 0,
  harm?: number,
): ReadersFare {
  return readersFare(trafficOf(kinds), usual, { lagMs, harm });
}

function trafficOf(kinds: Readonly<Record<string, Kind>>): Traffic {
  const entries = Object.entries(kinds).map(
    ([name, { requests, served: good, refused: not, ms }]): [string, KindTraffic] => {
      const kind = parseKind(name);
      if (kind === undefined) throw new Error(name);
      const latency = Array.from({ length: latencyBuckets }, (_, bucket) =>
        bucket === latencyBucket(ms) ? requests : 0,
      );
      return [name, { kind, requests, served: good, refused: not, latency }];
    },
  );
  return {
    endMs: 0,
    registers: new Uint8Array(),
    seconds: 1,
    requests: 0,
    sources: 0,
    kinds: new Map(entries),
    countries: new Map(),
    networks: new Map(),
  };
}
