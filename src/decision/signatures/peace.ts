/**
 * What readers are like, in three layers: requests of the last 24 calm hours (memory only), coarse patterns from before (on disk), and the
 * shipped prior, which fades once a day of this site's own calm is learned, down to a floor under every group. The caller decides what is
 * peace; a flood that isn't recognised teaches little all the same.
 */
import { seededRandom } from "../../base/random.ts";
import { type Sample, sampleExtras, sampleWidth } from "../requests/sample.ts";
import { groupTraits, ordinal, type Trait, traits } from "../requests/trait.ts";
import type { HashKey } from "../source.ts";
import { closedNames, traitIndex } from "./closed-texts.ts";
import { allowedByPattern, type CoarsePattern, CoarsePatterns } from "./coarse-patterns.ts";
import { Hours, hoursMax } from "./hours.ts";
import type { PeaceRecord } from "./peace-record.ts";
import { groupShares, habits } from "./prior.ts";
import {
  allowedWords,
  type AllowedWords,
  floorWeight,
  isLike,
  nobodysGroup,
  Usual,
  type UsualRow,
} from "./usual.ts";

/** The prior counts like so many requests of this site's own, until a day was learned; then half as many with each further day. */
const priorWeight = 6_000;
const priorFadesAfterS = 86_400;
/** Vectors learned from in a second, whatever comes. */
const perSecondMax = 8;
/** The time between two lessons counts as calm up to so much. */
const gapMaxS = 5;
/** What was learned may be looked at so late; where nothing was, only the hours pass. */
const usualMaxAgeMs = { learning: 1_000, frozen: 60_000 } as const;
const sourceAt = traits.length + sampleExtras.indexOf("source");

/** By which an own request is like one of the prior's. Header sets change with every new phone. */
const likeness = [
  "method",
  "place",
  "program",
  "accept",
  "pace",
  "queries",
  "shared",
  "misses",
  "claim",
] as const satisfies readonly Trait[];

interface PriorRow {
  readonly allowed: AllowedWords;
  readonly client: number;
  /** Its group counts for so many requests at least. */
  readonly floor: number;
  readonly groupShare: number;
  readonly share: number;
  readonly rare: boolean;
}

export class Peace {
  readonly #key: HashKey;
  readonly #hours: Hours;
  readonly #coarse: CoarsePatterns;
  readonly #prior: readonly PriorRow[];
  readonly #restored: readonly CoarsePattern[];
  #calmS: number;
  #learnedAtMs: number | undefined;
  #second = { number: -1, learned: 0 };
  #usual: { readonly value: Usual; readonly atMs: number } | undefined;
  /** Since the last look. */
  #hasLearned = false;

  private constructor(key: HashKey, recalled: PeaceRecord | undefined) {
    this.#key = key;
    this.#hours = new Hours(seededRandom(key.first ^ key.second));
    this.#restored = recalled?.patterns ?? [];
    this.#coarse = new CoarsePatterns(closedNames(key), this.#restored);
    this.#prior = priorRows(key);
    this.#calmS = recalled?.calm_s ?? 0;
  }

  static start(key: HashKey, recalled?: PeaceRecord): Peace {
    return new Peace(key, recalled);
  }

  /** Of calm traffic only. */
  learn(sample: Sample, nowMs: number): void {
    this.#passTime(nowMs);
    const step = Math.max(1, Math.floor(sample.count / perSecondMax));
    for (let at = 0; at < sample.count && this.#second.learned < perSecondMax; at += step) {
      const vector = sample.vectors.subarray(at * sampleWidth, (at + 1) * sampleWidth);
      const source = vector[sourceAt] ?? 0;
      if (!this.#hours.offer({ vector, source, strange: this.#isStrange(vector) }, nowMs)) continue;
      this.#hasLearned = true;
      this.#second.learned += 1;
      this.#coarse.count(vector, source, nowMs);
    }
  }

  /** Nothing of single requests is remembered for more than 24 hours: to be called now and then, also while nothing is learned. */
  forget(nowMs: number): void {
    this.#hours.forget(nowMs);
    this.#usual = undefined;
  }

  /** What may outlive the process. */
  record(): PeaceRecord {
    return { version: 1, calm_s: Math.round(this.#calmS), patterns: [...this.#coarse.shared()] };
  }

  /** As it is known now, at most a second old. */
  usual(nowMs: number): Usual {
    const ageMs = nowMs - (this.#usual?.atMs ?? Number.NEGATIVE_INFINITY);
    const maxAgeMs = this.#hasLearned ? usualMaxAgeMs.learning : usualMaxAgeMs.frozen;
    if (this.#usual !== undefined && ageMs < maxAgeMs) return this.#usual.value;
    this.#hours.forget(nowMs);
    this.#hasLearned = false;
    const value = new Usual(this.#rows(), this.#key);
    this.#usual = { value, atMs: nowMs };
    return value;
  }

  #passTime(nowMs: number): void {
    const passedS = Math.max(0, nowMs - (this.#learnedAtMs ?? nowMs)) / 1_000;
    this.#calmS += Math.min(passedS, gapMaxS);
    this.#learnedAtMs = nowMs;
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.#second.number) this.#second = { number: second, learned: 0 };
  }

  #rows(): UsualRow[] {
    const prior = this.#prior.map((row) => this.#priorRow(row));
    const own = [...this.#hours.kept()].map(ownRow);
    return [...prior, ...own, ...this.#coarseRows(1 - own.length / hoursMax)];
  }

  #priorRow({ allowed, client, floor, groupShare, share }: PriorRow): UsualRow {
    const fading = Math.min(1, 2 ** ((priorFadesAfterS - this.#calmS) / priorFadesAfterS));
    const weight = Math.max(floor, priorWeight * groupShare * fading);
    return {
      weight: weight * share,
      is: allowed,
      strange: false,
      groups: [client],
      everywhere: floorWeight * groupShare * share,
    };
  }

  /** The disk stands in for as much as memory lacks of its 24 hours: what was counted there lately isn't counted twice. */
  #coarseRows(lacking: number): UsualRow[] {
    const counts = this.#restored.reduce((sum, { count }) => sum + count, 0);
    const each = (Math.min(hoursMax, counts) / Math.max(1, counts)) * lacking;
    return this.#restored.map((pattern) => {
      const words = allowedByPattern(pattern, this.#key);
      const vector = Uint32Array.from(traits, (trait) => words[trait] ?? 0);
      return {
        weight: pattern.count * each,
        is: traits.map((trait) => exactly(trait, words[trait])),
        strange: this.#isStrange(vector),
        groups: groupTraits.map((trait) => words[trait]),
        everywhere: 0,
      };
    });
  }

  #isStrange(vector: Uint32Array): boolean {
    return !this.#prior.some(({ allowed, rare }) => !rare && isLike(allowed, vector, likeness));
  }
}

function ownRow({ vector, strange }: { vector: Uint32Array; strange: boolean }): UsualRow {
  return {
    weight: 1,
    is: vector,
    strange,
    groups: groupTraits.map((trait) => vector[traitIndex[trait]]),
    everywhere: 0,
  };
}

function exactly(trait: Trait, word: number | undefined): ReadonlySet<number> | number | undefined {
  return word === undefined || ordinal(trait) ? word : new Set([word]);
}

function priorRows(key: HashKey): readonly PriorRow[] {
  return habits.map(({ client, share, rare, allowed }) => {
    const words = allowedWords(allowed, key);
    const [word] = (words[traitIndex.client] as ReadonlySet<number>).values();
    const floor = nobodysGroup.includes(client) ? 0 : floorWeight;
    return { allowed: words, client: word ?? 0, floor, groupShare: groupShares[client] ?? 0, share, rare };
  });
}
