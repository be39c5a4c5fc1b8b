/**
 * What is usual here: volume and composition, as slow averages that are learned in calm only. A new install starts from the prior
 * of a small news site, so that it sees a flood at once. It consists of rates and shares; nobody's address is in it.
 */
import { z } from "zod";
import { quantileMs } from "./latency.ts";
import { type AgentFamily, kindName, type LanguageFamily, languageFamily } from "./traits.ts";
import { kindMix, type Mix, programClass, shares, total, type Traffic } from "./traffic.ts";

const amount = z.number().nonnegative();
const learnedMixSchema = z.object({
  /** Shares by value. */
  shares: z.record(z.string(), amount),
  /** Requests that stand behind it, fading with time. */
  weight: amount,
});
type LearnedMix = z.infer<typeof learnedMixSchema>;

export const baselineSchema = z.object({
  version: z.literal(1),
  rate_per_s: amount,
  /** Seconds that stand behind the rate, fading with time. */
  learned_s: amount,
  /** Requests a second from one source that makes any. */
  pace_per_s: amount,
  p99_ms: amount,
  kinds: learnedMixSchema,
  countries: learnedMixSchema,
  networks: learnedMixSchema,
});
export type Baseline = z.infer<typeof baselineSchema>;

/** The average's memory: what lies further back counts for less than 1/e. Days, so that a slow attacker needs days too. */
const memoryS = 2 * 86_400;
/** The prior counts as much as so many requests and seconds of this site's own. */
export const priorWeight = { requests: 2_000, seconds: 600 } as const;
/** One second counts as if it had brought no more than so many times the usual: a burst teaches little. */
const liftMax = 2;
/** Values kept of one trait; the rarest go first. */
const valuesMax = 200;

const programs: Readonly<Record<AgentFamily, number>> = {
  chrome: 0.44,
  safari: 0.16,
  "in-app": 0.1,
  firefox: 0.07,
  samsung: 0.05,
  edge: 0.04,
  opera: 0.02,
  mozilla: 0.01,
  "text-browser": 0.005,
  crawler: 0.04,
  "feed-reader": 0.03,
  archive: 0.005,
  tool: 0.003,
  outdated: 0.001,
  other: 0.001,
  none: 0.001,
};

/** `languages`: the site's, in the order of its menu. */
export function priorBaseline(languages: readonly string[]): Baseline {
  return {
    version: 1,
    rate_per_s: 5,
    learned_s: priorWeight.seconds,
    pace_per_s: 2,
    p99_ms: 20,
    kinds: { shares: Object.fromEntries(priorKinds(languages)), weight: priorWeight.requests },
    countries: { shares: {}, weight: 0 },
    networks: { shares: {}, weight: 0 },
  };
}

function priorKinds(languages: readonly string[]): Mix {
  const kinds = new Map<string, number>();
  const add = (agent: AgentFamily, language: LanguageFamily, parts: boolean, share: number): void => {
    const name = kindName({ agent, language, parts });
    kinds.set(name, (kinds.get(name) ?? 0) + share);
  };
  for (const agent of Object.keys(programs) as AgentFamily[]) {
    const share = programs[agent];
    if (programClass(agent) !== "people's") add(agent, "none", false, share);
    else {
      for (const [language, part] of priorLanguages(languages)) {
        add(agent, language, true, share * part * 0.7);
        add(agent, language, false, share * part * 0.3);
      }
    }
  }
  return shares(kinds);
}

/** The first language of the menu weighs most; some readers ask for others. */
function priorLanguages(languages: readonly string[]): readonly (readonly [LanguageFamily, number])[] {
  const weights = languages.map((_, rank) => 1 / (rank + 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const own = languages.map(
    (tag, rank) => [languageFamily(tag), (0.85 * (weights[rank] ?? 0)) / whole] as const,
  );
  return [...own, ["en", 0.06], ["other", 0.06], ["none", 0.03]];
}

/** `trust`, 0..1: how much of this counts; less where the composition looks strange. */
export function learn(baseline: Baseline, traffic: Traffic, trust: number): Baseline {
  if (trust === 0) return baseline;
  const { seconds, requests } = traffic;
  const learnedS = faded(baseline.learned_s, seconds) + seconds;
  const most = (liftMax * baseline.rate_per_s + 1) * seconds;
  const counted = Math.min(requests, most);
  const perRequest =
    counted === 0 ? 0 : (trust * counted) / (faded(baseline.kinds.weight, seconds) + counted);
  const lesson: Lesson = { seconds, each: requests === 0 ? 0 : (trust * counted) / requests };
  return {
    version: 1,
    rate_per_s: towards(baseline.rate_per_s, counted / seconds, (trust * seconds) / learnedS),
    learned_s: learnedS,
    pace_per_s: towards(baseline.pace_per_s, paceOf(traffic), perRequest),
    p99_ms: towards(baseline.p99_ms, p99Of(traffic), perRequest),
    kinds: mixed(baseline.kinds, kindMix(traffic), lesson),
    countries: mixed(baseline.countries, traffic.countries, lesson),
    networks: mixed(baseline.networks, traffic.networks, lesson),
  };
}

interface Lesson {
  readonly seconds: number;
  /** What one request counts for. */
  readonly each: number;
}

/** Requests a second of one source; 0 where there are none. */
export function paceOf({ requests, sources, seconds }: Traffic): number {
  return requests / Math.max(1, sources) / seconds;
}

function p99Of({ kinds }: Traffic): number {
  const sums: number[] = [];
  for (const { latency } of kinds.values()) {
    latency.forEach((count, bucket) => (sums[bucket] = (sums[bucket] ?? 0) + count));
  }
  return quantileMs(sums, 0.99);
}

/** Shares of one of the baseline's traits. */
export function usual({ shares: values }: LearnedMix): Mix {
  return new Map(Object.entries(values));
}

function mixed(learned: LearnedMix, seen: Mix, { seconds, each }: Lesson): LearnedMix {
  const before = faded(learned.weight, seconds);
  const added = each * total(seen);
  if (before + added === 0) return learned;
  const sums = new Map([...usual(learned)].map(([value, share]) => [value, share * before]));
  for (const [value, requests] of seen) sums.set(value, (sums.get(value) ?? 0) + each * requests);
  const kept = new Map([...sums].sort(([, a], [, b]) => b - a).slice(0, valuesMax));
  return { shares: Object.fromEntries(shares(kept)), weight: before + added };
}

function faded(weight: number, seconds: number): number {
  return weight * Math.exp(-seconds / memoryS);
}

function towards(from: number, to: number, share: number): number {
  return from + (to - from) * Math.min(1, share);
}
