/**
 * How far a second of traffic is from what is usual here, in volume and trait by trait. It says what is strange and by how much; flood.ts
 * decides what follows. Where requests come from, or which language they ask for, is never enough by itself.
 */
import { type Baseline, paceOf, priorWeight, usual } from "./baseline.ts";
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

/** So many times the usual rate is far above it: more than the best hour of a day. */
export const highFactor = 4;
/** Below this rate nothing is far above the usual; any machine carries it. Requests a second. */
export const highFloorPerS = 50;

interface Trait {
  readonly name: Exclude<TraitName, "pace">;
  readonly behaviour: boolean;
  /** Distance from which it is strange, to a baseline that has learned enough. */
  readonly threshold: number;
  readonly seen: (traffic: Traffic) => Mix;
  readonly usual: (baseline: Baseline) => Mix;
  readonly weight: (baseline: Baseline) => number;
}

const ofKinds = (name: Trait["name"], behaviour: boolean, of: (kind: string) => string): Trait => ({
  name,
  behaviour,
  threshold: 0.3,
  seen: (traffic) => marginal(kindMix(traffic), of),
  usual: (baseline) => marginal(usual(baseline.kinds), of),
  weight: (baseline) => baseline.kinds.weight,
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
    weight: (baseline) => baseline.countries.weight,
  },
  {
    name: "network",
    behaviour: false,
    threshold: 0.4,
    seen: (traffic) => traffic.networks,
    usual: (baseline) => usual(baseline.networks),
    weight: (baseline) => baseline.networks.weight,
  },
];

/** A young baseline knows little: its thresholds are higher by as much as this. */
const doubt = 0.2;
/** Fewer known requests than this say nothing of a mix, on either side. */
const tellingRequests = { seen: 30, learned: 1_000 } as const;
const paceThreshold = 0.6;

export function readSigns(traffic: Traffic, baseline: Baseline): Signs {
  return {
    ratePerS: traffic.requests / traffic.seconds,
    usualRatePerS: baseline.rate_per_s,
    highRatePerS: Math.max(highFloorPerS, highFactor * baseline.rate_per_s),
    traits: [paceSign(traffic, baseline), ...traits.map((trait) => mixSign(trait, traffic, baseline))],
  };
}

/** Strange in at least two traits, one of them a behaviour: a crowd from one country that reads as people do is a crowd. */
export function isStrange({ traits: signs }: Signs): boolean {
  const strange = signs.filter((sign) => sign.strange);
  return strange.length >= 2 && strange.some((sign) => sign.behaviour);
}

function mixSign(trait: Trait, traffic: Traffic, baseline: Baseline): Sign {
  const counts = trait.seen(traffic);
  const [seen, expected] = [shares(counts), trait.usual(baseline)];
  const far = distance(seen, expected);
  const threshold = trait.threshold + doubt * doubtOf(trait.weight(baseline));
  const telling = total(counts) >= tellingRequests.seen && trait.weight(baseline) >= tellingRequests.learned;
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
  const threshold = paceThreshold + (doubt / 2) * doubtOf(baseline.kinds.weight);
  const strange = traffic.requests >= tellingRequests.seen && far >= threshold;
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

/** 1 for the bare prior, towards 0 as this site's own requests outweigh it. */
function doubtOf(weight: number): number {
  return Math.min(1, priorWeight.requests / Math.max(1, weight));
}

function grownMost(seen: Mix, expected: Mix): Pick<Sign, "value" | "seen" | "usual"> {
  const values = [...seen].map(([value, share]) => ({ value, seen: share, usual: expected.get(value) ?? 0 }));
  return values.sort((a, b) => b.seen - b.usual - (a.seen - a.usual))[0] ?? { value: "", seen: 0, usual: 0 };
}
