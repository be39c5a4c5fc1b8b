/** Addresses whose answer was just kept back: for a moment nobody asks there again, so that reading hostile pages costs no more than that. */
import { RecentMap } from "../../base/recent-map.ts";

/** Short enough that nobody notices when the true page is back. */
const restMs = 1_000;
const addressesMax = 1_000;

export class Resting {
  readonly #monotonicMs: () => number;
  readonly #untilMs = new RecentMap<string, number>(addressesMax);

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  rest(address: string): void {
    this.#untilMs.set(address, this.#monotonicMs() + restMs);
  }

  has(address: string): boolean {
    const untilMs = this.#untilMs.size === 0 ? undefined : this.#untilMs.get(address);
    return untilMs !== undefined && this.#monotonicMs() < untilMs;
  }

  /** What is judged by has changed. */
  wake(): void {
    for (const address of this.#untilMs.keys()) this.#untilMs.delete(address);
  }
}
