/**
 * Usual readers, ready to be asked whom a conjunction would hit: rows of what was learned and of the prior's habits, each weighed, and
 * counted in its groups. Harm is the upper bound of the share that is hit in the group where that is worst.
 */
import {
  behaviour,
  type ClientGroup,
  groupTraits,
  ordinal,
  type Term,
  type Trait,
  traits,
} from "../requests/trait.ts";
import { valueHash } from "../requests/value-hash.ts";
import type { HashKey } from "../source.ts";
import { allBits, type Bits, both, forEachBit, noBits, setBit, sumBoth } from "./bits.ts";
import { upperBound } from "./bounds.ts";
import { traitIndex, wordOf } from "./closed-texts.ts";

export type GroupTrait = (typeof groupTraits)[number];

/** Allowed words by a trait's index; of ordinal traits the highest number. Undefined: any. */
export type AllowedWords = readonly (ReadonlySet<number> | number | undefined)[];

export interface UsualRow {
  readonly weight: number;
  /** One request exactly, or what several may be. */
  readonly is: Uint32Array | AllowedWords;
  /** No common habit of the prior is like it: honest or planted, it weighs little (`strangeShareMax`). */
  readonly strange: boolean;
  /** Its groups, where they are known: words, in the order of `groupTraits`. */
  readonly groups: readonly (number | undefined)[];
  /** The prior's: its part of those few readers who are taken to stand in every country, language and network. */
  readonly everywhere: number;
}

/** Where a conjunction hits worst. `word` 0 of `newcomers`: any country, language or network that nobody has come from yet. */
export interface GroupHarm {
  readonly share: number;
  readonly trait: GroupTrait | "newcomers";
  readonly word: number;
}

/** `people`: without feed readers, archives and search engines, who say what they are. */
export type Whom = "everybody" | "people";

/** Readers behind each group that the prior stands for: bounds where nobody is hit are 0.64 %. */
export const floorWeight = 420;
/**
 * What nothing honest in the prior resembles weighs no more than this in any group, however often it comes: whoever floods for days can't
 * make a flood usual. Readers of that kind are kept from harm by their own good standing instead.
 */
export const strangeShareMax = 0.005;
/** So many rows count as much as what was expected. */
const fewRows = 4;
const bitsRememberedMax = 2_048;

/** They claim to be no readers. */
export const nobodysGroup: readonly ClientGroup[] = ["tool", "none"];
const notPeople: readonly ClientGroup[] = [...nobodysGroup, "feed-reader", "archive", "crawler"];

interface Group {
  readonly trait: GroupTrait;
  readonly word: number;
  weight: number;
}

export class Usual {
  readonly key: HashKey;
  readonly rows: readonly UsualRow[];
  readonly all: Bits;
  readonly #weights: Float64Array;
  readonly #weight: number;
  /** Rows that aren't the prior's. */
  readonly #seen: Bits;
  readonly #groups: Group[] = [];
  readonly #groupsOfRow: readonly (readonly number[])[];
  readonly #bits = new Map<string, Bits>();
  readonly #left: Readonly<Record<Whom, ReadonlySet<number>>>;

  constructor(rows: readonly UsualRow[], key: HashKey) {
    this.key = key;
    this.rows = rows;
    this.all = allBits(rows.length);
    this.#weights = countedWeights(rows);
    this.#weight = sum(this.#weights);
    this.#seen = noBits(rows.length);
    rows.forEach(({ everywhere }, row) => everywhere === 0 && setBit(this.#seen, row));
    const numbers = new Map<string, number>();
    this.#groupsOfRow = rows.map((row) => this.#groupsOf(row, numbers));
    const words = (groups: readonly ClientGroup[]): ReadonlySet<number> =>
      new Set(groups.map((group) => valueHash(group, key)));
    this.#left = { everybody: words(nobodysGroup), people: words(notPeople) };
  }

  /** Share of all usual requests that a set holds, 0..1. */
  share(bits: Bits): number {
    return this.#weight === 0 ? 0 : sumBoth(bits, this.all, this.#weights) / this.#weight;
  }

  /** Of requests that were seen here, the share that a term matches; while they are few, what the prior says, or where it doesn't, a quarter. */
  seenShare(term: Term): number {
    const bits = this.bitsOf(term.trait, wordOf(term.trait, term.value, this.key));
    const expected = behaviour(term) ? this.share(bits) : 0.25;
    const seen = sumBoth(this.#seen, this.all, this.#weights);
    return (sumBoth(bits, this.#seen, this.#weights) + fewRows * expected) / (seen + fewRows);
  }

  /** Rows that might match one term. */
  bitsOf(trait: Trait, word: number): Bits {
    const name = `${trait} ${word}`;
    const known = this.#bits.get(name);
    if (known !== undefined) return known;
    if (this.#bits.size === bitsRememberedMax) this.#bits.clear();
    const bits = noBits(this.rows.length);
    const at = traitIndex[trait];
    const atLeast = ordinal(trait);
    this.rows.forEach(({ is }, row) => {
      if (is instanceof Uint32Array ? hasWord(is[at] ?? 0, word, atLeast) : allows(is[at], word)) {
        setBit(bits, row);
      }
    });
    this.#bits.set(name, bits);
    return bits;
  }

  /** Rows that might match all of them. */
  matching(terms: readonly Term[]): Bits {
    return terms.reduce(
      (bits, { trait, value }) => both(bits, this.bitsOf(trait, wordOf(trait, value, this.key))),
      this.all,
    );
  }

  /** Of a rule: by its behaviours alone, as if its other terms always matched. */
  harm(terms: readonly Term[], whom: Whom = "everybody"): GroupHarm {
    return this.harmOf(this.matching(terms.filter(behaviour)), whom);
  }

  /** Upper bound of the share that a rule hits of all usual requests. */
  collateral(terms: readonly Term[]): number {
    return upperBound(this.share(this.matching(terms.filter(behaviour))), this.#weight);
  }

  harmOf(bits: Bits, whom: Whom): GroupHarm {
    const common = new Float64Array(this.#groups.length);
    const strange = new Float64Array(this.#groups.length);
    const left = this.#left[whom];
    let everywhere = 0;
    forEachBit(bits, (row) => {
      const { weight, strange: isStrange, everywhere: part, groups } = this.rows[row] ?? nobody;
      if (whom === "people" && left.has(groups[0] ?? 0)) return;
      everywhere += part;
      const sums = isStrange ? strange : common;
      for (const group of this.#groupsOfRow[row] ?? []) sums[group] = (sums[group] ?? 0) + weight;
    });
    let worst: GroupHarm = {
      share: upperBound(everywhere / floorWeight, floorWeight),
      trait: "newcomers",
      word: 0,
    };
    this.#groups.forEach(({ trait, word, weight }, at) => {
      if (trait === "client" && left.has(word)) return;
      const whole = weight + (trait === "client" ? 0 : floorWeight);
      const hit = (common[at] ?? 0) + (trait === "client" ? 0 : everywhere);
      const planted = Math.min(strange[at] ?? 0, strangeShareMax * whole);
      const share = upperBound(Math.min(1, (hit + planted) / whole), whole);
      if (share > worst.share) worst = { share, trait, word };
    });
    return worst;
  }

  #groupsOf({ groups, weight, strange }: UsualRow, numbers: Map<string, number>): readonly number[] {
    return groupTraits.flatMap((trait, at) => {
      const word = groups[at];
      if (word === undefined) return [];
      const name = `${trait} ${word}`;
      const number = numbers.get(name) ?? this.#groups.push({ trait, word, weight: 0 }) - 1;
      numbers.set(name, number);
      const group = this.#groups[number];
      if (group !== undefined && !strange) group.weight += weight;
      return [number];
    });
  }
}

/** What is strange counts for less where there is much of it. */
function countedWeights(rows: readonly UsualRow[]): Float64Array {
  const common = sum(rows.map(({ weight, strange }) => (strange ? 0 : weight)));
  const strange = sum(rows.map(({ weight }) => weight)) - common;
  const part = strange === 0 ? 1 : Math.min(1, (strangeShareMax * common) / strange);
  return Float64Array.from(rows, (row) => row.weight * (row.strange ? part : 1));
}

function sum(numbers: Iterable<number>): number {
  let whole = 0;
  for (const number of numbers) whole += number;
  return whole;
}

const nobody: UsualRow = { weight: 0, is: [], strange: true, groups: [], everywhere: 0 };

function hasWord(word: number, asked: number, atLeast: boolean): boolean {
  return atLeast ? word >= asked : word === asked;
}

function allows(allowed: ReadonlySet<number> | number | undefined, word: number): boolean {
  if (allowed === undefined) return true;
  return typeof allowed === "number" ? allowed >= word : allowed.has(word);
}

/** Whether one request is of such a kind, in these traits; those that aren't asked for may be anything. */
export function isLike(allowed: AllowedWords, words: ArrayLike<number>, asked: readonly Trait[]): boolean {
  return asked.every((trait) => allows(allowed[traitIndex[trait]], words[traitIndex[trait]] ?? 0));
}

/** Texts as words. */
export function allowedWords(allowed: Partial<Record<Trait, readonly string[]>>, key: HashKey): AllowedWords {
  return traits.map((trait) => {
    const texts = allowed[trait];
    if (texts === undefined) return undefined;
    if (ordinal(trait)) return Math.max(...texts.map(Number));
    return new Set(texts.map((text) => valueHash(text, key)));
  });
}
