/** What solver and verifier must agree about, bit for bit: the hash of a challenge, an index's hash, a solution's lot. */
import { KeyedHash } from "./keyed-hash.ts";
import { leavesPerSolution, seedBytes } from "./puzzle.ts";

const seedWords = seedBytes / 4;

export class Challenge {
  readonly #hash = new KeyedHash();
  readonly #key = new Int32Array(seedWords + 1);

  /** Takes another challenge. The effort is part of it: what was found for one is nothing for another. */
  take(seed: Uint8Array, effort: number): void {
    for (let at = 0; at < seedWords; at += 1) this.#key[at] = bigEndianWord(seed, 4 * at);
    this.#key[seedWords] = effort;
    this.#hash.key(this.#key);
  }

  /** Of the last `leaf`: bits 0 to 29 and 30 to 59 of its hash. */
  get low(): number {
    return this.#hash.low;
  }

  get high(): number {
    return this.#hash.high;
  }

  leaf(nonce: number, index: number): void {
    this.#hash.mix(index, nonce);
  }

  /** 30 bits that nobody can foresee before the solution (nonce, eight indices) is known. */
  lot(solution: Uint16Array): number {
    const hash = this.#hash;
    hash.mix(pairAt(solution, 1), lotDomain | (solution[0] ?? 0));
    for (let at = 3; at <= leavesPerSolution; at += 2) hash.mix(hash.low ^ pairAt(solution, at), hash.high);
    return hash.high;
  }
}

/** No nonce has this bit: no leaf is hashed as a lot is. */
const lotDomain = 2 ** 16;

function pairAt(solution: Uint16Array, at: number): number {
  return ((solution[at] ?? 0) << 16) | (solution[at + 1] ?? 0);
}

function bigEndianWord(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}
