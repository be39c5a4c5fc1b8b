/** A map with a limit on the weight of what it holds: the least recently used is forgotten first. */

interface Entry<K, V> {
  readonly key: K;
  readonly value: V;
  readonly weight: number;
  newer: Entry<K, V> | undefined;
  older: Entry<K, V> | undefined;
}

/** Every operation takes constant time; `get` allocates nothing. */
export class RecentMap<K, V> {
  readonly weightMax: number;
  readonly #entries = new Map<K, Entry<K, V>>();
  #newest: Entry<K, V> | undefined;
  #oldest: Entry<K, V> | undefined;
  #weight = 0;

  constructor(weightMax: number) {
    this.weightMax = weightMax;
  }

  get size(): number {
    return this.#entries.size;
  }

  get weight(): number {
    return this.#weight;
  }

  /** Counts as a use. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry !== this.#newest) {
      this.#unlink(entry);
      this.#link(entry);
    }
    return entry.value;
  }

  /** Does not count as a use. */
  has(key: K): boolean {
    return this.#entries.has(key);
  }

  /** False where it alone is heavier than the limit; it is then not kept, and nothing is forgotten for it. */
  set(key: K, value: V, weight = 1): boolean {
    this.delete(key);
    if (weight > this.weightMax) return false;
    while (this.#oldest !== undefined && this.#weight + weight > this.weightMax)
      this.delete(this.#oldest.key);
    const entry: Entry<K, V> = { key, value, weight, newer: undefined, older: undefined };
    this.#entries.set(key, entry);
    this.#weight += weight;
    this.#link(entry);
    return true;
  }

  delete(key: K): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
    this.#unlink(entry);
    return true;
  }

  /** From the least recently used on, as long as `old` says so. */
  forgetWhile(old: (value: V) => boolean): void {
    while (this.#oldest !== undefined && old(this.#oldest.value)) this.delete(this.#oldest.key);
  }

  keys(): IterableIterator<K> {
    return this.#entries.keys();
  }

  /** Does not count as a use. */
  *entries(): IterableIterator<[key: K, value: V]> {
    for (const { key, value } of this.#entries.values()) yield [key, value];
  }

  /** Does not count as a use. */
  *values(): IterableIterator<V> {
    for (const { value } of this.#entries.values()) yield value;
  }

  #link(entry: Entry<K, V>): void {
    entry.older = this.#newest;
    if (this.#newest !== undefined) this.#newest.newer = entry;
    this.#newest = entry;
    this.#oldest ??= entry;
  }

  #unlink(entry: Entry<K, V>): void {
    if (entry.newer === undefined) this.#newest = entry.older;
    else entry.newer.older = entry.older;
    if (entry.older === undefined) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
    entry.newer = undefined;
    entry.older = undefined;
  }
}
