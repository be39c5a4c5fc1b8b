/**
 * A map that keeps what was used lately, in two halves: what is asked for in the older half moves to the newer one, and when that is full the
 * older one is forgotten at once. Less exact than RecentMap (between half the limit and all of it is kept), at a fraction of the cost.
 */
export class RecentHalves<K, V> {
  readonly #halfMax: number;
  #newer = new Map<K, V>();
  #older = new Map<K, V>();

  /** `most`: entries in both. */
  constructor(most: number) {
    this.#halfMax = Math.max(1, Math.floor(most / 2));
  }

  /** At most: what is in both halves counts twice. */
  get size(): number {
    return this.#newer.size + this.#older.size;
  }

  get(key: K): V | undefined {
    const recent = this.#newer.get(key);
    if (recent !== undefined) return recent;
    const known = this.#older.get(key);
    if (known !== undefined) this.set(key, known);
    return known;
  }

  set(key: K, value: V): void {
    if (this.#newer.size >= this.#halfMax) this.turn();
    this.#newer.set(key, value);
  }

  /** Forgets what was not used since the last time. */
  turn(): void {
    this.#older = this.#newer;
    this.#newer = new Map();
  }
}
