/**
 * Which keys the main thread may keep an answer under, for workers to look up without asking it: counted by hash in shared memory (a counting
 * Bloom filter with one hash; Fan et al., "Summary Cache", 2000). It never denies what is there; of what isn't it takes one in a few hundred for kept.
 */
import type { HashKey } from "../../decision/source.ts";

const places = 2 ** 19;
/** A place that was ever so full stays: who looks there asks in vain, which costs a message. */
const countMax = 255;

export class KeptKeys {
  static readonly bytes = places;
  readonly #counts: Uint8Array;
  readonly #seed: number;

  /** `memory`: of `bytes`, the same for all threads, zeros at first; one thread alone writes to it. With `key` nobody outside knows which keys fall together. */
  constructor(memory: SharedArrayBuffer, { second }: HashKey) {
    this.#counts = new Uint8Array(memory);
    this.#seed = second;
  }

  mayHave(key: string): boolean {
    return this.#counts[this.#placeOf(key)] !== 0;
  }

  /** To be called once for each key that is new. */
  add(key: string): void {
    const place = this.#placeOf(key);
    const count = this.#counts[place] ?? 0;
    if (count < countMax) this.#counts[place] = count + 1;
  }

  /** Of a key that was added. */
  remove(key: string): void {
    const place = this.#placeOf(key);
    const count = this.#counts[place] ?? 0;
    if (count > 0 && count < countMax) this.#counts[place] = count - 1;
  }

  #placeOf(key: string): number {
    return Bun.hash.xxHash32(key, this.#seed) % places;
  }
}
