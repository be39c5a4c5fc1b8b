/**
 * The most frequent values of a stream in bounded memory: Space-Saving (Metwally, Agrawal, El Abbadi, "Efficient
 * computation of frequent and top-k elements in data streams", 2005). After N counts with m places no count is too low, none is
 * more than N / m too high, and whatever occurred more often than N / m is there.
 */

export interface Hitter<K> {
  readonly key: K;
  /** At least the true count. */
  readonly count: number;
  /** By how much `count` may be too high. */
  readonly error: number;
}

/** What one or more streams held; summaries add up in any order. */
export interface Hitters<K> {
  readonly entries: readonly Hitter<K>[];
  /** What any key that is not among the entries may have occurred at most. */
  readonly floor: number;
}

export class HeavyHitters<K extends string | number> {
  readonly #places: number;
  readonly #place = new Map<K, number>();
  readonly #keys: K[] = [];
  readonly #counts: Uint32Array;
  readonly #errors: Uint32Array;
  /** Where the next victim is looked for, and the count that it has: it never falls, so that the search costs O(1) on average. */
  #cursor = 0;
  #least = 1;

  constructor(places: number) {
    this.#places = places;
    this.#counts = new Uint32Array(places);
    this.#errors = new Uint32Array(places);
  }

  add(key: K): void {
    const place = this.#place.get(key);
    if (place !== undefined) this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    else if (this.#keys.length < this.#places) this.#enter(key, this.#keys.length, 0);
    else this.#replace(key);
  }

  /** What was counted since the last time; then it starts anew. */
  take(): Hitters<K> {
    const full = this.#keys.length === this.#places;
    const floor = full ? this.#counts.subarray(0, this.#keys.length).reduce((a, b) => Math.min(a, b)) : 0;
    const entries = this.#keys.map((key, place) => ({
      key,
      count: this.#counts[place] ?? 0,
      error: this.#errors[place] ?? 0,
    }));
    this.#place.clear();
    this.#keys.length = 0;
    this.#cursor = 0;
    this.#least = 1;
    return { entries, floor };
  }

  #enter(key: K, place: number, error: number): void {
    this.#keys[place] = key;
    this.#place.set(key, place);
    this.#errors[place] = error;
    this.#counts[place] = error + 1;
  }

  #replace(key: K): void {
    const victim = this.#leastPlace();
    const old = this.#keys[victim];
    if (old !== undefined) this.#place.delete(old);
    this.#enter(key, victim, this.#counts[victim] ?? 0);
  }

  #leastPlace(): number {
    for (;;) {
      for (; this.#cursor < this.#places; this.#cursor += 1) {
        if (this.#counts[this.#cursor] === this.#least) return this.#cursor;
      }
      this.#cursor = 0;
      this.#least += 1;
    }
  }
}

/** Adds two summaries (Agarwal and others, "Mergeable summaries", 2012); counts keep their bounds, errors and floors add up. */
export function mergeHitters<K>(left: Hitters<K>, right: Hitters<K>): Hitters<K> {
  const others = new Map(right.entries.map((entry) => [entry.key, entry]));
  const entries = left.entries.map((entry) => {
    const other = others.get(entry.key);
    others.delete(entry.key);
    return sum(entry, other ?? { count: right.floor, error: right.floor });
  });
  const rest = [...others.values()].map((entry) => sum(entry, { count: left.floor, error: left.floor }));
  return { entries: [...entries, ...rest], floor: left.floor + right.floor };
}

function sum<K>(hitter: Hitter<K>, other: { count: number; error: number }): Hitter<K> {
  return { key: hitter.key, count: hitter.count + other.count, error: hitter.error + other.error };
}

/** The `most` busiest, busiest first. */
export function top<K>({ entries }: Hitters<K>, most: number): readonly Hitter<K>[] {
  return [...entries].sort((a, b) => b.count - a.count).slice(0, most);
}
