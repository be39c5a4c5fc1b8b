/** What was made of something that comes again, kept for then. */
import { RecentHalves } from "./recent-halves.ts";

/**
 * Half of the limit is for what is new; once that is full, what was not asked for since the last time is forgotten: a flood of keys that never
 * repeat drives out only itself.
 */
export class Remembered<V, K = string> {
  readonly #make: (key: K) => V;
  readonly #kept: RecentHalves<K, { readonly value: V }>;

  constructor(make: (key: K) => V, limit: number) {
    this.#make = make;
    this.#kept = new RecentHalves(limit);
  }

  get size(): number {
    return this.#kept.size;
  }

  of(key: K): V {
    const known = this.#kept.get(key);
    if (known !== undefined) return known.value;
    const value = this.#make(key);
    this.#kept.set(key, { value });
    return value;
  }
}
