/**
 * What is usual here: volume by hour of the week, and composition. A new install starts from the prior of a small news site; once a day of
 * its own is learned, an hour can teach it only little, so that who wants to shift it needs many weeks. It consists of rates
 * and shares, and of the hour that is going on; nobody's address is in it.
 */
import { z } from "zod";
import { hourMs } from "../base/clock.ts";
import { addTraffic, emptyHour, type Hour, type Lesson, lessonOf } from "./baseline-hour.ts";
import { learnMix, learnedMixSchema, type LearnedMix, mixLimits } from "./baseline-mix.ts";
import { priorKinds } from "./baseline-prior.ts";
import { clamp, emptyWeek, hourOfWeek, learnHour, usualOf, weekSchema } from "./baseline-week.ts";
import { estimateDistinct } from "./distinct.ts";
import type { Mix, Traffic } from "./traffic.ts";

const amount = z.number().nonnegative();

/** As it is kept. */
export const baselineRecordSchema = z.object({
  version: z.literal(2),
  /** Hours of this site's own that stand behind it. */
  learned_h: amount,
  /** Average over all hours; what stands in for an hour of the week that is not known. */
  rate_per_s: amount,
  week: weekSchema,
  /** Requests a second from one source that makes any. */
  pace_per_s: amount,
  p99_ms: amount,
  kinds: learnedMixSchema,
  countries: learnedMixSchema,
  networks: learnedMixSchema,
});
export type BaselineRecord = z.infer<typeof baselineRecordSchema>;

export interface Baseline extends BaselineRecord {
  /** What the hour that is going on has brought so far: in memory only, learned from when it is over. */
  readonly hour: Hour;
}

/** The prior stands in until so many hours are learned. */
export const settledAfterH = 24;
/** So many of the site's own weigh as much as the prior. */
const priorH = 6;
/** An hour of which less was seen or which brought fewer requests or sources teaches nothing: averages of a few are about somebody. */
const telling = { seconds: 1_800, requests: 20, sources: 20 } as const;
/** Once settled, an hour counts as one of so many: two weeks. */
const memoryH = 14 * 24;

/** `languages`: the site's, in the order of its menu. */
export function priorBaseline(languages: readonly string[]): Baseline {
  return {
    version: 2,
    learned_h: 0,
    rate_per_s: 5,
    week: emptyWeek,
    pace_per_s: 2,
    p99_ms: 20,
    kinds: { shares: Object.fromEntries(priorKinds(languages)), hours: priorH },
    countries: { shares: {}, hours: 0 },
    networks: { shares: {}, hours: 0 },
    hour: emptyHour,
  };
}

export function recordOf(baseline: Baseline): BaselineRecord {
  const { hour: _, ...record } = baseline;
  return record;
}

export function recall(record: BaselineRecord): Baseline {
  return { ...record, hour: emptyHour };
}

/** Requests a second that are usual at this time. */
export function usualRate({ week, rate_per_s: average }: BaselineRecord, atMs: number): number {
  return usualOf(week, hourOfWeek(atMs), average);
}

/** A day of its own is behind it. */
export function isSettled({ learned_h: learnedH }: BaselineRecord): boolean {
  return learnedH >= settledAfterH;
}

/** Shares of one of the baseline's traits. */
export function usual({ shares }: LearnedMix): Mix {
  return new Map(Object.entries(shares));
}

/** Requests a second of one source; 0 where there are none. */
export function paceOf({ requests, sources, seconds }: Traffic): number {
  return requests / Math.max(1, sources) / seconds;
}

/** `trust`, 0..1: how much of this counts; nothing in incidents and drills, less where the composition looks strange. */
export function learn(baseline: Baseline, traffic: Traffic, trust: number): Baseline {
  if (trust === 0) return baseline;
  // What ends on the hour belongs to the one before.
  const startMs = Math.ceil(traffic.endMs / hourMs) * hourMs - hourMs;
  const isGoingOn = baseline.hour.startMs === startMs;
  const known = isGoingOn || !tells(baseline.hour) ? baseline : taught(baseline, lessonOf(baseline.hour));
  return { ...known, hour: addTraffic(isGoingOn ? baseline.hour : emptyHour, traffic, trust, startMs) };
}

function tells({ seconds, requests, registers }: Hour): boolean {
  return (
    seconds >= telling.seconds &&
    requests >= telling.requests &&
    estimateDistinct(registers) >= telling.sources
  );
}

function taught(baseline: Baseline, lesson: Lesson): Baseline {
  const settled = isSettled(baseline);
  const share = lesson.trust / Math.min(baseline.learned_h + priorH + 1, memoryH);
  const limits = settled ? mixLimits.settled : mixLimits.young;
  const week = learnHour(baseline.week, lesson, { average: baseline.rate_per_s, settled });
  const rate = usualOf(week, hourOfWeek(lesson.startMs), baseline.rate_per_s);
  const towards = (from: number, to: number): number => from + (clamp(to, from, settled) - from) * share;
  return {
    ...baseline,
    learned_h: baseline.learned_h + lesson.hours,
    rate_per_s: baseline.rate_per_s + (rate - baseline.rate_per_s) * share,
    week,
    pace_per_s: towards(baseline.pace_per_s, lesson.pacePerS),
    p99_ms: towards(baseline.p99_ms, lesson.p99Ms),
    kinds: learnMix(baseline.kinds, lesson.kinds, lesson, limits),
    countries: learnMix(baseline.countries, lesson.countries, lesson, limits),
    networks: learnMix(baseline.networks, lesson.networks, lesson, limits),
  };
}
