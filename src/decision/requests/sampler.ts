/**
 * What a worker keeps of requests for the main thread: vectors, as many as fit, each standing for as many requests as it takes. While
 * requests are few all are kept; once there is no room, every second one by chance is given up and only half of the following are taken.
 */
import type { Random } from "../../base/random.ts";
import { NamesToTell } from "./names.ts";
import type { RequestView } from "./request-traits.ts";
import { ends, type Sample, sampleExtras, sampleWidth } from "./sample.ts";
import { ordinal, type Trait, traits } from "./trait.ts";

/** Between two times that they are taken, which is ten times a second: some 2,000 a second for each worker. */
export const vectorsMax = 200;

const toldTraits: readonly Trait[] = traits.filter((trait) => !ordinal(trait));

export class Sampler {
  readonly #random: Random;
  readonly #vectors = new Uint32Array(vectorsMax * sampleWidth);
  readonly #names = new NamesToTell();
  #kept = 0;
  #seen = 0;
  /** One in so many is taken: a power of two. */
  #every = 1;

  /** `random`: quick, and unknown to clients; needn't be fit for keys. */
  constructor(random: Random) {
    this.#random = random;
  }

  /** To be asked once of every request; where it is true, the request is to be kept. */
  wants(): boolean {
    this.#seen += 1;
    return this.#every === 1 || this.#random.next() * this.#every < 1;
  }

  keep(request: RequestView, end: keyof typeof ends): void {
    const at = this.#kept * sampleWidth;
    request.writeTo(this.#vectors, at);
    this.#vectors.set(extrasOf(request, end), at + traits.length);
    for (const trait of toldTraits) this.#names.add(request.hash(trait), request.text(trait));
    this.#kept += 1;
    while (this.#kept === vectorsMax) this.#thin();
  }

  /** What was kept since the last time. */
  take(): Sample {
    const sample = {
      vectors: this.#vectors.slice(0, this.#kept * sampleWidth),
      count: this.#kept,
      weight: this.#kept === 0 ? 1 : this.#seen / this.#kept,
      names: this.#names.take(),
    };
    this.#every = 2 ** Math.max(0, Math.ceil(Math.log2(this.#seen / (vectorsMax / 2))));
    this.#kept = 0;
    this.#seen = 0;
    return sample;
  }

  #thin(): void {
    let left = 0;
    for (let from = 0; from < this.#kept; from += 1) {
      if (this.#random.next() < 0.5) continue;
      this.#vectors.copyWithin(left * sampleWidth, from * sampleWidth, (from + 1) * sampleWidth);
      left += 1;
    }
    this.#kept = left;
    this.#every *= 2;
  }
}

const extras: Readonly<Record<(typeof sampleExtras)[number], (request: RequestView, end: number) => number>> =
  {
    source: ({ source }) => source,
    query: ({ query }) => query,
    end: (_, end) => end,
  };

function extrasOf(request: RequestView, end: keyof typeof ends): number[] {
  return sampleExtras.map((extra) => extras[extra](request, ends[end]));
}
