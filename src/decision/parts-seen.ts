/**
 * Which sources also fetched the parts of a page (style sheets, images …) lately: two bit maps over keyed hashes, in memory that the
 * workers of one edge share. A bit may be set by another source's hash (a tenth of sources at 100,000 readers); it tells nobody's address.
 */
import { type HashKey, keyedHash, type Source } from "./source.ts";

const bits = 2 ** 20;
const words = bits / 32;

export class PartsSeen {
  /** Size of `memory`. */
  static readonly bytes = (1 + 2 * words) * 4;

  readonly #key: HashKey;
  /** First word: which of the two maps is the newer one. */
  readonly #memory: Uint32Array;

  constructor(key: HashKey, memory: ArrayBufferLike = new ArrayBuffer(PartsSeen.bytes)) {
    this.#key = key;
    this.#memory = new Uint32Array(memory);
  }

  mark(source: Source): void {
    const bit = keyedHash(source, this.#key) % bits;
    const word = this.#start(this.#newer()) + (bit >>> 5);
    this.#memory[word] = (this.#memory[word] ?? 0) | (1 << (bit & 31));
  }

  has(source: Source): boolean {
    const bit = keyedHash(source, this.#key) % bits;
    const either =
      (this.#memory[this.#start(0) + (bit >>> 5)] ?? 0) | (this.#memory[this.#start(1) + (bit >>> 5)] ?? 0);
    return (either & (1 << (bit & 31))) !== 0;
  }

  /** Forgets the older half. One thread of the edge calls it, every half hour: nothing is remembered longer than an hour. */
  turn(): void {
    const older = 1 - this.#newer();
    this.#memory.fill(0, this.#start(older), this.#start(older) + words);
    this.#memory[0] = older;
  }

  #newer(): number {
    return this.#memory[0] === 1 ? 1 : 0;
  }

  #start(map: number): number {
    return 1 + map * words;
  }
}
