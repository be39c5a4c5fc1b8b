/** So many a second and no more: what is dear is shed before it costs anything. */

export class Budget {
  readonly #most: number;
  readonly #monotonicMs: () => number;
  #left: number;
  #atMs: number;

  /** `most`: a second, and at once. */
  constructor(most: number, monotonicMs: () => number) {
    this.#most = most;
    this.#monotonicMs = monotonicMs;
    this.#left = most;
    this.#atMs = monotonicMs();
  }

  /** False: there is none left now. */
  take(): boolean {
    const nowMs = this.#monotonicMs();
    this.#left = Math.min(this.#most, this.#left + ((nowMs - this.#atMs) / 1_000) * this.#most);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
