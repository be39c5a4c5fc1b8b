/** The last second of requests, of all workers, in steps of 250 ms: what a flood is searched in. Bounded, whatever comes. */
import { Names } from "../requests/names.ts";
import { type Sample, sampleWidth } from "../requests/sample.ts";
import { ordinal, type Term, type Trait } from "../requests/trait.ts";
import type { HashKey } from "../source.ts";
import { allBits, type Bits, both, noBits, setBit } from "./bits.ts";
import { closedNames, traitIndex, wordOf } from "./closed-texts.ts";

export const stepMs = 250;
const steps = 4;
/** Of one step; samples beyond are dropped. 1 MB. */
const vectorsPerStep = 8_192;
/** Looked at in a search. */
export const vectorsMax = 4_096;

interface Step {
  readonly number: number;
  readonly samples: Sample[];
  count: number;
}

export class Window {
  readonly #closed: ReadonlyMap<number, string>;
  readonly #names: Names;
  readonly #key: HashKey;
  #steps: Step[] = [];
  #viewed: { readonly atMs: number; readonly view: View } | undefined;

  /** Of an edge with so many workers. */
  constructor(key: HashKey, workers: number) {
    this.#key = key;
    this.#names = new Names(workers);
    this.#closed = closedNames(key);
  }

  add(sample: Sample, nowMs: number): void {
    this.#names.learn(sample.names);
    this.#viewed = undefined;
    const step = this.#step(nowMs);
    if (sample.count === 0 || step.count + sample.count > vectorsPerStep) return;
    step.samples.push(sample);
    step.count += sample.count;
  }

  /** A value as a term has it; undefined where it was forgotten, or never told. */
  text(trait: Trait, word: number): string | undefined {
    return ordinal(trait) ? String(word) : (this.#closed.get(word) ?? this.#names.textOf(word));
  }

  /** At most `vectorsMax` of its vectors, each standing for as many requests as any other (systematic sampling, Cochran 1977, chapter 8). */
  view(nowMs: number): View {
    if (this.#viewed?.atMs !== nowMs) this.#viewed = { atMs: nowMs, view: this.#look(nowMs) };
    return this.#viewed.view;
  }

  #look(nowMs: number): View {
    this.#forget(nowMs);
    const samples = this.#steps.flatMap((step) => step.samples);
    const requests = samples.reduce((sum, { count, weight }) => sum + count * weight, 0);
    const vectors = samples.reduce((sum, { count }) => sum + count, 0);
    const first = this.#steps[0];
    const seconds = first === undefined ? 1 : Math.max(stepMs, nowMs - first.number * stepMs) / 1_000;
    return new View(evenly(samples, requests, Math.min(vectors, vectorsMax)), requests / seconds, this.#key);
  }

  #step(nowMs: number): Step {
    const number = Math.floor(nowMs / stepMs);
    const last = this.#steps.at(-1);
    if (last?.number === number) return last;
    const step: Step = { number, samples: [], count: 0 };
    this.#steps.push(step);
    this.#forget(nowMs);
    return step;
  }

  #forget(nowMs: number): void {
    const first = Math.floor(nowMs / stepMs) - steps + 1;
    if ((this.#steps[0]?.number ?? first) < first) {
      this.#steps = this.#steps.filter(({ number }) => number >= first);
    }
  }
}

/** One look at a window: vectors of equal weight. */
export class View {
  readonly count: number;
  readonly requestsPerS: number;
  readonly #vectors: readonly Uint32Array[];
  readonly #key: HashKey;
  readonly #bits = new Map<string, Bits>();

  constructor(vectors: readonly Uint32Array[], requestsPerS: number, key: HashKey) {
    this.#vectors = vectors;
    this.count = vectors.length;
    this.requestsPerS = requestsPerS;
    this.#key = key;
  }

  /** Rows that match one term. */
  bitsOf(trait: Trait, word: number): Bits {
    const name = `${trait} ${word}`;
    const known = this.#bits.get(name);
    if (known !== undefined) return known;
    const bits = this.#matching(traitIndex[trait], word, ordinal(trait));
    this.#bits.set(name, bits);
    return bits;
  }

  /** Rows that match all of them. */
  matching(terms: readonly Term[]): Bits {
    return terms
      .map(({ trait, value }) => this.bitsOf(trait, wordOf(trait, value, this.#key)))
      .reduce(both, allBits(this.count));
  }

  /** How many rows have each of a trait's words; of ordinals, at least it. */
  tally(trait: Trait): ReadonlyMap<number, number> {
    const at = traitIndex[trait];
    const counts = new Map<number, number>();
    for (const vector of this.#vectors) {
      const word = vector[at] ?? 0;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return ordinal(trait) ? atLeastEach(counts) : counts;
  }

  #matching(at: number, word: number, atLeast: boolean): Bits {
    const bits = noBits(this.count);
    this.#vectors.forEach((vector, row) => {
      const found = vector[at] ?? 0;
      if (atLeast ? found >= word : found === word) setBit(bits, row);
    });
    return bits;
  }
}

function atLeastEach(counts: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  let sum = 0;
  const falling = [...counts].sort(([a], [b]) => b - a);
  return new Map(falling.map(([word, count]) => [word, (sum += count)] as const));
}

function evenly(samples: readonly Sample[], requests: number, wanted: number): Uint32Array[] {
  const stride = requests / Math.max(1, wanted);
  const chosen: Uint32Array[] = [];
  let passed = 0;
  let next = stride / 2;
  for (const { vectors, count, weight } of samples) {
    for (let at = 0; at < count; at += 1) {
      passed += weight;
      for (; next < passed && chosen.length < wanted; next += stride) {
        chosen.push(vectors.subarray(at * sampleWidth, (at + 1) * sampleWidth));
      }
    }
  }
  return chosen;
}
