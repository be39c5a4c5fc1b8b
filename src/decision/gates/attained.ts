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

  /** `by`: less than nothing takes back what was added then; nobody had less than nothing. */
  add(key: Key, by: number, thenMs: number): void {
    const known = this.#sums.get(key) ?? { sum: 0, atMs: thenMs };
    const atMs = Math.max(thenMs, known.atMs);
    const sum = known.sum * left(atMs - known.atMs) + by * left(atMs - thenMs);
    this.#sums.set(key, { sum: Math.max(0, sum), atMs });
  }
}

/** Of what was so long ago. */
function left(agoMs: number): number {
  return 2 ** (Math.min(0, -agoMs) / halfLifeMs);
}
