/** What each had lately: a sum in which what is longer ago counts less. Bounded; who had nothing for a while is forgotten. */
import { RecentHalves } from "../../base/recent-halves.ts";

/** After so long, half of it is forgotten. */
const halfLifeMs = 5 * 60_000;

interface Sum {
  readonly sum: number;
  readonly atMs: number;
}

export class Attained<Key> {
  readonly #sums: RecentHalves<Key, Sum>;

  /** `most`: who is remembered at a time. */
  constructor(most: number) {
    this.#sums = new RecentHalves(most);
  }

  of(key: Key, nowMs: number): number {
    const known = this.#sums.get(key);
    return known === undefined ? 0 : known.sum * left(nowMs - known.atMs);
  }

  add(key: Key, by: number, nowMs: number): void {
    this.#sums.set(key, { sum: this.of(key, nowMs) + by, atMs: nowMs });
  }
}

/** Of what was so long ago. */
function left(agoMs: number): number {
  return 2 ** (Math.min(0, -agoMs) / halfLifeMs);
}
