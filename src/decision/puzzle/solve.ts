/** Solving: nonce after nonce until a proof has all its solutions. Plain numbers and typed arrays, so that any browser's engine compiles it well. */
import { Challenge } from "./challenge.ts";
import { isEffort, lotLimit, nonceCount, seedBytes, solutionBytes, solutionsOf } from "./puzzle.ts";
import { Search } from "./search.ts";

/** A solution under way, a step at a time, so that whoever has but one thread stays responsive. Holds 4 MB. */
export class Solving {
  readonly #challenge = new Challenge();
  readonly #search = new Search();
  readonly #limit: number;
  readonly #wanted: number;
  readonly #solutions: Uint8Array[] = [];
  #nonce = 0;

  /** Throws RangeError where the seed isn't 32 bytes or the effort isn't one. */
  constructor(seed: Uint8Array, effort: number) {
    if (seed.length !== seedBytes) throw new RangeError(`a puzzle's seed has ${seedBytes} bytes`);
    if (!isEffort(effort)) throw new RangeError(`${effort} is no effort`);
    this.#challenge.take(seed, effort);
    this.#limit = lotLimit(effort);
    this.#wanted = solutionsOf(effort);
  }

  /** Share of the solutions that were found, 0 to 1. It grows steadily: each takes the same time on average. */
  get progress(): number {
    return this.#solutions.length / this.#wanted;
  }

  /** Tries one nonce: some 6 ms of a computer, some 40 ms of a phone. The proof, once it's whole. */
  step(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#nonce === nonceCount) throw new Error("solving a puzzle: all nonces were tried");
    const found = this.#search.solutions(this.#challenge, this.#nonce);
    this.#nonce += 1;
    const good = found.filter((solution) => this.#challenge.lot(solution) < this.#limit).map(written);
    const missing = this.#wanted - this.#solutions.length;
    this.#solutions.push(...good.sort(byBytes).slice(0, missing));
    return good.length < missing ? undefined : joined(this.#solutions);
  }
}

/** A proof for `verify`. The time is proportional to the effort. Throws as `Solving` does. */
export function solve(seed: Uint8Array, effort: number): Uint8Array<ArrayBuffer> {
  const solving = new Solving(seed, effort);
  for (;;) {
    const proof = solving.step();
    if (proof !== undefined) return proof;
  }
}

function written(solution: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(solutionBytes);
  solution.forEach((field, at) => {
    bytes[2 * at] = field >>> 8;
    bytes[2 * at + 1] = field;
  });
  return bytes;
}

function byBytes(left: Uint8Array, right: Uint8Array): number {
  const at = left.findIndex((byte, place) => byte !== right[place]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function joined(solutions: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const proof = new Uint8Array(solutions.length * solutionBytes);
  solutions.forEach((solution, at) => proof.set(solution, at * solutionBytes));
  return proof;
}
