/**
 * Finds conjunctions that cover a flood and harm nobody: what is frequent in the flood and not in peace (Afek, Bremler-Barr, Landau
 * Feibish, "Zero-day signature extraction for high-volume attacks", IEEE/ACM Transactions on Networking 27(2), 2019), as aggregates over
 * a few features at a time, one for each part of a mixed flood (Gran Alcoz, Strohmeier, Lenders, Vanbever, "Aggregate-based congestion
 * control for pulse-wave DDoS defense", SIGCOMM 2022). Frequent single values come first, then conjunctions of up to four behaviours by beam
 * search over bit sets; what one rule leaves is searched again (greedy set cover, Chvátal 1979). docs/decisions has the whole of it.
 */
import { type Term, traits } from "../requests/trait.ts";
import { allBits, type Bits, both, countBits, countBoth, without } from "./bits.ts";
import { isJustified } from "./justify.ts";
import { narrowed } from "./narrow.ts";
import { type Found, frequentTerms, telling } from "./terms.ts";
import type { GroupHarm, Usual } from "./usual.ts";
import type { View, Window } from "./window.ts";

export interface Limits {
  /** Of harm in the worst group, 0..1. */
  readonly ceiling: number;
  /** Requests a second beyond the usual. */
  readonly excess: number;
  /** Of rules that exist, and of such as were taken back: what they match needs no other. */
  readonly covered: readonly (readonly Term[])[];
  /** Whether a rule of these terms may not be made. */
  readonly barred: (terms: readonly Term[]) => boolean;
  /** Whether the flood evades a rule of this core, by something else than what that was narrowed to: the new one isn't narrowed. */
  readonly evaded: (core: readonly Term[]) => boolean;
}

/** Of a conjunction at this moment. */
export interface Judgement {
  /** Share of the excess that it matches, 0..1. */
  readonly coverage: number;
  /** Upper bound of the share of usual requests that it matches by its behaviours, over all and where that is worst. */
  readonly collateral: number;
  readonly worst: GroupHarm;
}

export interface Candidate extends Judgement {
  readonly terms: readonly Term[];
  /** Those of its terms that justify it; the others narrow it. */
  readonly core: readonly Term[];
}

/** A rule covers at least so much of the excess; what is left below it is left alone. */
export const coverageMin = 0.05;
/** Made in one search. */
const rulesMax = 4;
/** Windows with fewer rows say nothing. */
const rowsMin = 20;
const beamWidth = 12;
const depthMax = 4;
/** Conjunctions whose groups are looked at, in each depth. */
const judgedMax = 32;
/** What one further term has to bring, as a share of the excess. */
const termCost = 0.01;
/** Of the usual requests that a conjunction might match, a further term has to spare some. */
const sparedMax = 0.98;
/** A conjunction that covers so much needs no deeper search. */
const enough = 0.97;

export function findRules(window: Window, usual: Usual, limits: Limits, nowMs: number): Candidate[] {
  const view = window.view(nowMs);
  if (limits.excess <= 0 || view.count < rowsMin) return [];
  const excessRows = (Math.min(limits.excess, view.requestsPerS) / view.requestsPerS) * view.count;
  const fewest = Math.max(rowsMin / 2, Math.ceil(coverageMin * excessRows));
  let left = limits.covered.reduce((rest, terms) => without(rest, view.matching(terms)), allBits(view.count));
  const candidates: Candidate[] = [];
  if (countBits(left) < fewest) return candidates;
  const found = frequentTerms(window, view, usual, fewest);
  const flood: Flood = { view, usual, limits, excessRows, fewest, found };
  while (candidates.length < rulesMax && countBits(left) >= fewest) {
    const best = bestConjunction(flood, left);
    if (best === undefined) break;
    const core = inOrder(best.terms);
    const terms = limits.evaded(core) ? core : inOrder(narrowed(best, found, usual));
    candidates.push({ terms, core, ...judge(terms, view, usual, limits.excess) });
    left = without(left, best.here);
  }
  return candidates;
}

/** Also of rules that exist, and of such as came over the bus. */
export function judge(terms: readonly Term[], view: View, usual: Usual, excess: number): Judgement {
  return {
    coverage: coverage(terms, view, usual, excess),
    collateral: usual.collateral(terms),
    worst: usual.harm(terms),
  };
}

/** Of the excess: what readers of the usual kinds send of it is taken away. */
function coverage(terms: readonly Term[], view: View, usual: Usual, excess: number): number {
  if (excess <= 0 || view.count === 0) return 0;
  const matched = (countBits(view.matching(terms)) / view.count) * view.requestsPerS;
  const expected = usual.share(usual.matching(terms)) * Math.max(0, view.requestsPerS - excess);
  return Math.min(1, Math.max(0, (matched - expected) / excess));
}

/** The same for the same terms, in whatever order. */
export function ruleKey(terms: readonly Term[]): string {
  return JSON.stringify(inOrder(terms).map(({ trait, value }) => [trait, value]));
}

function inOrder(terms: readonly Term[]): readonly Term[] {
  return [...terms].sort((a, b) => traits.indexOf(a.trait) - traits.indexOf(b.trait));
}

interface Flood {
  readonly view: View;
  readonly usual: Usual;
  readonly limits: Limits;
  readonly excessRows: number;
  /** Rows that a rule matches at least. */
  readonly fewest: number;
  readonly found: readonly Found[];
}

/** A conjunction of behaviours. */
interface Conjunction {
  /** Its terms' places in the list of those that are tried, rising. */
  readonly places: readonly number[];
  readonly terms: readonly Term[];
  readonly here: Bits;
  readonly usually: Bits;
  /** Rows left that it matches; share of usual requests that it might match. */
  readonly rows: number;
  readonly usualShare: number;
}

function bestConjunction(flood: Flood, left: Bits): Conjunction | undefined {
  const terms = telling(flood.found);
  const nothing = { places: [], terms: [], here: left, usually: flood.usual.all, rows: 0, usualShare: 1 };
  let best: { readonly conjunction: Conjunction; readonly value: number } | undefined;
  let beam: readonly Conjunction[] = [nothing];
  for (let depth = 0; depth < depthMax; depth += 1) {
    const grown = extended(beam, terms, flood);
    for (const conjunction of grown.slice(0, judgedMax)) {
      const value = valueOf(conjunction, flood);
      if (value > (best?.value ?? 0) && isAllowed(conjunction, flood)) best = { conjunction, value };
    }
    if ((best?.value ?? 0) >= enough) break;
    beam = grown.slice(0, beamWidth);
  }
  return best?.conjunction;
}

/** Each with one term more, the most promising first. */
function extended(beam: readonly Conjunction[], terms: readonly Found[], flood: Flood): Conjunction[] {
  const grown = new Map<string, Conjunction>();
  for (const conjunction of beam) {
    terms.forEach((found, place) => {
      if (conjunction.terms.some(({ trait }) => trait === found.term.trait)) return;
      const rows = countBoth(conjunction.here, found.here);
      if (rows < flood.fewest) return;
      const places = [...conjunction.places, place].sort((a, b) => a - b);
      const key = places.join(" ");
      if (grown.has(key)) return;
      const usually = both(conjunction.usually, found.usually);
      const usualShare = flood.usual.share(usually);
      if (usualShare > conjunction.usualShare * sparedMax) return;
      const here = both(conjunction.here, found.here);
      grown.set(key, { places, terms: [...conjunction.terms, found.term], here, usually, rows, usualShare });
    });
  }
  return [...grown.values()]
    .map((conjunction) => ({ conjunction, promise: promiseOf(conjunction, flood) }))
    .sort((a, b) => b.promise - a.promise || rising(a.conjunction.places, b.conjunction.places))
    .map(({ conjunction }) => conjunction);
}

function rising(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((place, index) => place !== right[index]);
  return (left[at] ?? 0) - (right[at] ?? 0);
}

function gain({ rows }: Conjunction, { excessRows }: Flood): number {
  return Math.min(1, rows / excessRows);
}

/** What it covers, less what it might hit: a share of readers counts three times as much as one of the flood. */
function promiseOf(conjunction: Conjunction, flood: Flood): number {
  return gain(conjunction, flood) - 3 * conjunction.usualShare;
}

function valueOf(conjunction: Conjunction, flood: Flood): number {
  return gain(conjunction, flood) - conjunction.usualShare - termCost * (conjunction.terms.length - 1);
}

function isAllowed({ terms, usually, usualShare }: Conjunction, { usual, limits }: Flood): boolean {
  return (
    usualShare <= limits.ceiling &&
    isJustified(terms, usual, limits.ceiling) &&
    usual.harmOf(usually, "everybody").share <= limits.ceiling &&
    !limits.barred(terms)
  );
}
