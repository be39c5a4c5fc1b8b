/**
 * Usual rates by hour of the week. While an hour is not known well, its neighbours, the same hour of other days and the average over all
 * stand in. What an hour is taught is bounded by what was expected of it: once the site is known, a week can lift an hour by an eighth.
 */
import { z } from "zod";
import { hourMs } from "../base/clock.ts";

export const hoursOfWeek = 168;
const hoursOfDay = 24;

/** By hour of the week; Monday, 0 to 1 o'clock UTC is the first. */
export const weekSchema = z.object({
  rates_per_s: z.array(z.number().nonnegative()).length(hoursOfWeek),
  /** Weeks that taught each hour. */
  visits: z.array(z.int().nonnegative()).length(hoursOfWeek),
});
export type Week = z.infer<typeof weekSchema>;

export const emptyWeek: Week = {
  rates_per_s: Array.from({ length: hoursOfWeek }, () => 0),
  visits: Array.from({ length: hoursOfWeek }, () => 0),
};

/** 1 January 1970 was a Thursday. */
const firstMonday = 3 * hoursOfDay;

export function hourOfWeek(atMs: number): number {
  return (Math.floor(atMs / hourMs) + firstMonday) % hoursOfWeek;
}

/** How much each counts; the hour's own by the weeks that taught it, up to `visitsMax`. */
const weights = { own: 8, neighbour: 1, otherDay: 1, average: 1 } as const;
const visitsMax = 4;

/** Requests/s; `average` over all hours. */
export function usualOf({ rates_per_s: rates, visits }: Week, hour: number, average: number): number {
  let [sum, weight] = [weights.average * average, weights.average as number];
  const add = (at: number, each: number): void => {
    const place = (at + hoursOfWeek) % hoursOfWeek;
    if ((visits[place] ?? 0) === 0) return;
    sum += each * (rates[place] ?? 0);
    weight += each;
  };
  add(hour, weights.own * Math.min(visits[hour] ?? 0, visitsMax));
  add(hour - 1, weights.neighbour);
  add(hour + 1, weights.neighbour);
  for (let day = 1; day < 7; day += 1) add(hour + day * hoursOfDay, weights.otherDay);
  return sum / weight;
}

/** How far above and below the expected an hour may count: nearly free on the first day, hardly after it. */
const lift = { young: 4, settled: 1.25 } as const;
const dropMax = 2;
/** A known hour moves by this share of the difference at least. */
const shareMin = 0.25;

export function clamp(value: number, expected: number, settled: boolean): number {
  const most = expected * (settled ? lift.settled : lift.young);
  return Math.min(Math.max(value, expected / dropMax), most);
}

interface HourLesson {
  readonly startMs: number;
  readonly ratePerS: number;
  readonly trust: number;
}

/** An hour that is known is held to what it was itself, so that no neighbour helps to lift it. */
export function learnHour(
  week: Week,
  { startMs, ratePerS, trust }: HourLesson,
  known: { readonly average: number; readonly settled: boolean },
): Week {
  const hour = hourOfWeek(startMs);
  const visits = week.visits[hour] ?? 0;
  const expected = visits > 0 ? (week.rates_per_s[hour] ?? 0) : usualOf(week, hour, known.average);
  const share = trust * Math.max(shareMin, 1 / (visits + 1));
  const rate = expected + (clamp(ratePerS, expected, known.settled) - expected) * share;
  return {
    rates_per_s: week.rates_per_s.with(hour, rate),
    visits: week.visits.with(hour, visits + 1),
  };
}
