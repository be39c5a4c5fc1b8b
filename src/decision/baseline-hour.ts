/**
 * The hour that is going on, minute by minute: what a baseline learns from once it is over. Its rate is the median of its minutes, so that
 * bursts of less than half of it teach nothing. In memory only; a process that is killed loses at most an hour of learning.
 */
import { mergeDistinct, registerCount } from "./distinct.ts";
import { quantileMs } from "./latency.ts";
import { kindMix, type Mix, type Traffic } from "./traffic.ts";

interface Minute {
  readonly requests: number;
  readonly seconds: number;
  /** Sources × seconds. */
  readonly presence: number;
}

export interface Hour {
  /** Ms since 1970. */
  readonly startMs: number;
  readonly seconds: number;
  readonly requests: number;
  /** Trust × seconds. */
  readonly trusted: number;
  readonly minutes: ReadonlyMap<number, Minute>;
  readonly kinds: Mix;
  readonly countries: Mix;
  readonly networks: Mix;
  readonly latency: readonly number[];
  /** Of its sources (distinct.ts). */
  readonly registers: Uint8Array;
}

export const emptyHour: Hour = {
  startMs: Number.NEGATIVE_INFINITY,
  seconds: 0,
  requests: 0,
  trusted: 0,
  minutes: new Map(),
  kinds: new Map(),
  countries: new Map(),
  networks: new Map(),
  latency: [],
  registers: new Uint8Array(registerCount),
};

const minuteMs = 60_000;
/** Values counted apart in one hour; what comes when there is no room is left out. */
const valuesMax = 1_000;

export function addTraffic(hour: Hour, traffic: Traffic, trust: number, startMs: number): Hour {
  const minute = Math.ceil((traffic.endMs - startMs) / minuteMs);
  return {
    startMs,
    seconds: hour.seconds + traffic.seconds,
    requests: hour.requests + traffic.requests,
    trusted: hour.trusted + trust * traffic.seconds,
    minutes: new Map(hour.minutes).set(minute, withTraffic(hour.minutes.get(minute), traffic)),
    kinds: added(hour.kinds, kindMix(traffic)),
    countries: added(hour.countries, traffic.countries),
    networks: added(hour.networks, traffic.networks),
    latency: withLatency(hour.latency, traffic),
    registers: mergeDistinct(hour.registers, traffic.registers),
  };
}

function withTraffic(minute: Minute | undefined, { requests, seconds, sources }: Traffic): Minute {
  return {
    requests: (minute?.requests ?? 0) + requests,
    seconds: (minute?.seconds ?? 0) + seconds,
    presence: (minute?.presence ?? 0) + sources * seconds,
  };
}

function added(sums: Mix, more: Mix): Mix {
  const both = new Map(sums);
  for (const [value, requests] of more) {
    if (both.size < valuesMax || both.has(value)) both.set(value, (both.get(value) ?? 0) + requests);
  }
  return both;
}

function withLatency(sums: readonly number[], { kinds }: Traffic): readonly number[] {
  const both = [...sums];
  for (const { latency } of kinds.values()) {
    latency.forEach((requests, bucket) => (both[bucket] = (both[bucket] ?? 0) + requests));
  }
  return Array.from(both, (requests) => requests ?? 0);
}

/** What an hour comes to. */
export interface Lesson {
  readonly startMs: number;
  /** Of it that were seen, 0..1. */
  readonly hours: number;
  readonly trust: number;
  readonly ratePerS: number;
  readonly pacePerS: number;
  readonly p99Ms: number;
  readonly kinds: Mix;
  readonly countries: Mix;
  readonly networks: Mix;
}

export function lessonOf(hour: Hour): Lesson {
  const minutes = [...hour.minutes.values()];
  return {
    startMs: hour.startMs,
    hours: hour.seconds / 3_600,
    trust: hour.trusted / hour.seconds,
    ratePerS: median(minutes.map(({ requests, seconds }) => requests / seconds)),
    pacePerS: median(minutes.map(({ requests, presence }) => requests / Math.max(1, presence))),
    p99Ms: quantileMs(hour.latency, 0.99),
    kinds: hour.kinds,
    countries: hour.countries,
    networks: hour.networks,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
