/**
 * What may be kept of readers on disk: coarse patterns, of texts from closed sets only, each shared by at least 20 sources, by a count that
 * fades. Which sources these were is never known: each turns one of 128 keyed bits, and 20 bits prove that there were as many.
 */
import { z } from "zod";
import { dayMs } from "../../base/clock.ts";
import { ordinal, type Trait } from "../requests/trait.ts";
import type { HashKey } from "../source.ts";
import { type Bits, countBits, noBits, setBit } from "./bits.ts";
import { closedTexts, traitIndex, wordOf } from "./closed-texts.ts";

/** In the order of a pattern's values. */
export const coarseTraits = [
  ...(["method", "place", "program", "client", "accept", "encoding", "conditional", "parts"] as const),
  ...(["pace", "queries", "shared", "misses", "claim", "cost", "country"] as const),
] as const satisfies readonly Trait[];

const patternsMax = 1_024;
const sourcesMin = 20;
const sourceBits = 128;
/** Of a count's memory. */
const halfLifeMs = 4 * dayMs;
const countMax = 1e9;

const valueSchema = z.string().max(16);
const patternSchema = z.object({
  values: z
    .array(valueSchema)
    .length(coarseTraits.length)
    .refine((values) => coarseTraits.every((trait, at) => isAllowed(trait, values[at] ?? "")), {
      message: "a value that is none of the trait's",
    }),
  count: z.number().positive().max(countMax),
});
export const patternsSchema = z.array(patternSchema).max(patternsMax);
export type CoarsePattern = z.infer<typeof patternSchema>;

function isAllowed(trait: Trait, value: string): boolean {
  return ordinal(trait) ? /^(?:0|[1-9]\d?)$/.test(value) : closedTexts[trait]?.includes(value) === true;
}

interface Counted {
  readonly values: readonly string[];
  count: number;
  /** Undefined once there were enough. */
  sources: Bits | undefined;
}

export class CoarsePatterns {
  readonly #texts: ReadonlyMap<number, string>;
  readonly #patterns = new Map<string, Counted>();
  #fadedAtMs: number | undefined;

  /** `texts`: of the closed sets, by their hashes. */
  constructor(texts: ReadonlyMap<number, string>, recalled: readonly CoarsePattern[]) {
    this.#texts = texts;
    for (const { values, count } of recalled) {
      this.#patterns.set(values.join(" "), { values, count, sources: undefined });
    }
  }

  /** `source`: keyed. A request with a value from outside the closed sets is passed over. */
  count(vector: Uint32Array, source: number, nowMs: number): void {
    this.#fade(nowMs);
    const values = coarseTraits.map((trait) => this.#text(trait, vector[traitIndex[trait]] ?? 0));
    if (!values.every((value) => value !== undefined)) return;
    const name = values.join(" ");
    const pattern = this.#patterns.get(name) ?? this.#enter(name, values);
    pattern.count = Math.min(countMax, pattern.count + 1);
    if (pattern.sources !== undefined) pattern.sources = withSource(pattern.sources, source);
  }

  /** Those that enough sources share. */
  shared(): readonly CoarsePattern[] {
    return [...this.#patterns.values()]
      .filter(({ sources }) => sources === undefined)
      .map(({ values, count }) => ({ values: [...values], count: Number(count.toFixed(3)) }))
      .filter(({ count }) => count > 0);
  }

  #text(trait: Trait, word: number): string | undefined {
    const text = ordinal(trait) ? String(word) : this.#texts.get(word);
    return text !== undefined && isAllowed(trait, text) ? text : undefined;
  }

  /** The least counted gives way. */
  #enter(name: string, values: readonly string[]): Counted {
    if (this.#patterns.size >= patternsMax) {
      const least = [...this.#patterns].reduce((a, b) => (b[1].count < a[1].count ? b : a));
      this.#patterns.delete(least[0]);
    }
    const counted: Counted = { values, count: 0, sources: noBits(sourceBits) };
    this.#patterns.set(name, counted);
    return counted;
  }

  #fade(nowMs: number): void {
    this.#fadedAtMs ??= nowMs;
    const passedMs = nowMs - this.#fadedAtMs;
    if (passedMs < halfLifeMs / 100) return;
    this.#fadedAtMs = nowMs;
    for (const [name, pattern] of this.#patterns) {
      pattern.count *= 2 ** (-passedMs / halfLifeMs);
      if (pattern.count < 0.1) this.#patterns.delete(name);
    }
  }
}

function withSource(bits: Bits, source: number): Bits | undefined {
  setBit(bits, source % sourceBits);
  return countBits(bits) >= sourcesMin ? undefined : bits;
}

/** As what a vector's words may be. */
export function allowedByPattern({ values }: CoarsePattern, key: HashKey): Partial<Record<Trait, number>> {
  return Object.fromEntries(coarseTraits.map((trait, at) => [trait, wordOf(trait, values[at] ?? "", key)]));
}
