/** How fast turns came lately, of all lanes together. */

/** What counts as lately. */
const memoryMs = 10_000;
/** Between turns at most: where they are rarer, hardly anybody asks. */
const turnMaxMs = 500;

export class Pace {
  /** Turns lately; what is longer ago counts less. */
  #turns = 0;
  #atMs = 0;

  took(nowMs: number): void {
    this.#turns = this.#left(nowMs) + 1;
    this.#atMs = nowMs;
  }

  /** Between two turns. */
  turnMs(nowMs: number): number {
    const turns = this.#left(nowMs);
    return Math.min(turnMaxMs, memoryMs / turns);
  }

  #left(nowMs: number): number {
    return this.#turns * Math.exp(Math.min(0, this.#atMs - nowMs) / memoryMs);
  }
}
