/**
 * How far a second of traffic is from what is usual here, in volume and trait by trait: the watch's second opinion beside what edges find,
 * and an incident's evidence. Where requests come from, or which language they ask for, is never enough by itself.
 */
import { type Baseline, isSettled, paceOf, settledAfterH, usual, usualRate } from "./baseline.ts";
import { highFrom } from "./modes/volume.ts";
import { parseKind } from "./traits.ts";
import {
  distance,
  kindMix,
  marginal,
  type Mix,
  programClass,
  shares,
  total,
  type Traffic,
} from "./traffic.ts";

export type TraitName = "parts" | "program" | "pace" | "language" | "country" | "network";

export interface Sign {
  readonly trait: TraitName;
  /** What a client does, as opposed to where it comes from and what it says of itself. */
  readonly behaviour: boolean;
  /** 0..1 between what was seen and what is usual. */
  readonly distance: number;
  readonly threshold: number;
  readonly strange: boolean;
  /** The value whose share grew most (for pace: requests a second of one source). */
  readonly value: string;
  readonly seen: number;
  readonly usual: number;
}

export interface Signs {
  readonly ratePerS: number;
  readonly usualRatePerS: number;
  /** From which rate on the volume is far above the usual. */
  readonly highRatePerS: number;
  readonly traits: readonly Sign[];
}

interface Trait {
  readonly name: Exclude<TraitName, "pace">;
  readonly behaviour: boolean;
  /** Distance from which it is strange, to a baseline that has learned enough. */
  readonly threshold: number;
  readonly seen: (traffic: Traffic) => Mix;
  readonly usual: (baseline: Baseline) => Mix;
  /** The baseline knows what is usual. */
  readonly isKnown: (baseline: Baseline) => boolean;
}

const ofKinds = (name: Trait["name"], behaviour: boolean, of: (kind: string) => string): Trait => ({
  name,
  behaviour,
  threshold: 0.3,
  seen: (traffic) => marginal(kindMix(traffic), of),
  usual: (baseline) => marginal(usual(baseline.kinds), of),
  isKnown: () => true,
});

const traits: readonly Trait[] = [
  ofKinds("parts", true, (kind) => (parseKind(kind)?.parts === true ? "parts" : "bare")),
  ofKinds("program", true, (kind) => programClass(parseKind(kind)?.agent ?? "other")),
  ofKinds("language", false, (kind) => parseKind(kind)?.language ?? "other"),
  {
    name: "country",
    behaviour: false,
    threshold: 0.4,
    seen: (traffic) => traffic.countries,
    usual: (baseline) => usual(baseline.countries),
    isKnown: isSettled,
  },
  {
    name: "network",
    behaviour: false,
    threshold: 0.4,
    seen: (traffic) => traffic.networks,
    usual: (baseline) => usual(baseline.networks),
    isKnown: isSettled,
  },
];

/** A young baseline knows little: its thresholds are higher by as much as this. */
const doubt = 0.2;
/** Fewer known requests than this say nothing of a mix. */
const tellingRequests = 30;
const paceThreshold = 0.6;

export function readSigns(traffic: Traffic, baseline: Baseline): Signs {
  const usualRatePerS = usualRate(baseline, traffic.endMs);
  return {
    ratePerS: traffic.requests / traffic.seconds,
    usualRatePerS,
    highRatePerS: highFrom(usualRatePerS),
    traits: [paceSign(traffic, baseline), ...traits.map((trait) => mixSign(trait, traffic, baseline))],
  };
}

/** What no crowd does: people come with people's programs and read at their own pace, but may well fetch no style sheet. */
const telltale: readonly TraitName[] = ["program", "pace"];

/** Strange in at least two traits, one of which tells a crowd from programs. */
export function isStrange({ traits: signs }: Signs): boolean {
  const strange = signs.filter((sign) => sign.strange);
  return strange.length >= 2 && strange.some(({ trait }) => telltale.includes(trait));
}

/** The volume is far above the usual. */
export function isHigh({ ratePerS, highRatePerS }: Signs): boolean {
  return ratePerS >= highRatePerS;
}

function mixSign(trait: Trait, traffic: Traffic, baseline: Baseline): Sign {
  const counts = trait.seen(traffic);
  const [seen, expected] = [shares(counts), trait.usual(baseline)];
  const far = distance(seen, expected);
  const threshold = trait.threshold + doubt * doubtOf(baseline);
  const telling = total(counts) >= tellingRequests && trait.isKnown(baseline);
  return {
    trait: trait.name,
    behaviour: trait.behaviour,
    distance: far,
    threshold,
    strange: telling && far >= threshold,
    ...grownMost(seen, expected),
  };
}

function paceSign(traffic: Traffic, baseline: Baseline): Sign {
  const seen = paceOf(traffic);
  const expected = baseline.pace_per_s;
  const far = seen <= expected ? 0 : 1 - expected / seen;
  const threshold = paceThreshold + (doubt / 2) * doubtOf(baseline);
  const strange = traffic.requests >= tellingRequests && far >= threshold;
  return {
    trait: "pace",
    behaviour: true,
    distance: far,
    threshold,
    strange,
    value: "",
    seen,
    usual: expected,
  };
}

/** 1 for the bare prior, 0 once a day of this site's own is learned. */
function doubtOf({ learned_h: learnedH }: Baseline): number {
  return Math.max(0, 1 - learnedH / settledAfterH);
}

function grownMost(seen: Mix, expected: Mix): Pick<Sign, "value" | "seen" | "usual"> {
  const values = [...seen].map(([value, share]) => ({ value, seen: share, usual: expected.get(value) ?? 0 }));
  return values.sort((a, b) => b.seen - b.usual - (a.seen - a.usual))[0] ?? { value: "", seen: 0, usual: 0 };
}
