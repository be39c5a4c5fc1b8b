/**
 * Shares of requests by value of one trait, as they are usual. An hour counts as one hour however many requests it brought, values with
 * few requests teach nothing, and once the site is known the whole mix moves by a hundredth a day at most.
 */
import { z } from "zod";
import { distance, type Mix, shares, total } from "./traffic.ts";

const amount = z.number().nonnegative();

export const learnedMixSchema = z.object({
  /** By value. */
  shares: z.record(z.string(), amount),
  /** Hours that stand behind it; a prior's count, too. */
  hours: amount,
});
export type LearnedMix = z.infer<typeof learnedMixSchema>;

/** `memoryH`: an hour counts as one of at most so many. `driftMax`: of the whole mix in an hour, as a distance (traffic.ts). */
interface Limits {
  readonly memoryH: number;
  readonly driftMax: number;
}

export const mixLimits = {
  young: { memoryH: 24, driftMax: 1 },
  settled: { memoryH: 14 * 24, driftMax: 0.01 / 24 },
} as const satisfies Readonly<Record<string, Limits>>;

/** Fewer requests than this say nothing of a value: they may be one reader's. */
const requestsMin = 20;
/** Values kept; the rarest go first. */
const valuesMax = 200;

export function learnMix(
  learned: LearnedMix,
  seen: Mix,
  { hours, trust }: { readonly hours: number; readonly trust: number },
  { memoryH, driftMax }: Limits,
): LearnedMix {
  const before: Mix = new Map(Object.entries(learned.shares));
  const lesson = sharesOf(seen, before);
  if (lesson.size === 0) return learned;
  if (before.size === 0) return { shares: Object.fromEntries(kept(lesson)), hours: hours * trust };
  const wanted = (trust * hours) / Math.min(learned.hours + hours, memoryH);
  const share = Math.min(1, wanted, driftMax / Math.max(distance(before, lesson), driftMax));
  const values = new Set([...before.keys(), ...lesson.keys()]);
  const mixed = new Map(
    [...values].map((value) => {
      const [from, to] = [before.get(value) ?? 0, lesson.get(value) ?? 0];
      return [value, from + (to - from) * share] as const;
    }),
  );
  return { shares: Object.fromEntries(kept(mixed)), hours: learned.hours + hours * trust };
}

/** What is too little to say leaves the shares as they were. */
function sharesOf(seen: Mix, before: Mix): Mix {
  const enough = new Map([...seen].filter(([, requests]) => requests >= requestsMin));
  const rest = total(seen) - total(enough);
  if (enough.size === 0 || before.size === 0) return shares(enough);
  for (const [value, share] of before) enough.set(value, (enough.get(value) ?? 0) + rest * share);
  return shares(enough);
}

function kept(mix: Mix): Mix {
  return mix.size <= valuesMax
    ? mix
    : shares(new Map([...mix].sort(([, a], [, b]) => b - a).slice(0, valuesMax)));
}
