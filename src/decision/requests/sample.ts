/** Requests as they are handed from workers to the edge's main thread: vectors of trait values, no address and no text twice. */
import { traits } from "./trait.ts";

/** Words of one request: one a trait, in their order, then `sampleExtras`. Texts as keyed 32-bit hashes, ordinals as numbers. */
export const sampleExtras = ["source", "query", "end"] as const;
export const sampleWidth = traits.length + sampleExtras.length;

/** Of the word `end`. */
export const ends = { served: 0, refused: 1, failed: 2 } as const;

/** What a worker kept since the last time it was asked. */
export interface Sample {
  /** `count * sampleWidth` words. `source` and `query` are keyed hashes: they tell how many differ, never who or what. */
  readonly vectors: Uint32Array<ArrayBuffer>;
  readonly count: number;
  /** Each stands for so many requests. */
  readonly weight: number;
  /** Texts behind hashes that this worker had not told before. */
  readonly names: readonly (readonly [hash: number, text: string])[];
}
