/** Texts behind hashes: a worker tells each now and then, the main thread remembers it until then. Both in memory only, and bounded. */

/** Names that a worker tells at a time. */
const atOnceMax = 1_024;
/** After so many times at least, and twice as many at most, what is still in use is told again. */
const timesKept = 10;

export type Name = readonly [hash: number, text: string];

/** In a worker. */
export class NamesToTell {
  #newer = new Set<number>();
  #older = new Set<number>();
  #pending: Name[] = [];
  #times = 0;

  /** Where too many wait to be told already, it is told when it comes again. */
  add(hash: number, text: string): void {
    if (this.#newer.has(hash) || this.#older.has(hash) || this.#pending.length === atOnceMax) return;
    this.#newer.add(hash);
    this.#pending.push([hash, text]);
  }

  /** What was added since the last time. */
  take(): readonly Name[] {
    const taken = this.#pending;
    this.#pending = [];
    this.#times += 1;
    if (this.#times % timesKept === 0) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    return taken;
  }
}

/** In the main thread, which takes from all workers equally often: what any of them has told lately is still known. */
export class Names {
  readonly #texts = new Map<number, string>();
  readonly #limit: number;

  /** Of an edge with so many workers. */
  constructor(workers: number) {
    this.#limit = workers * atOnceMax * 2 * timesKept;
  }

  learn(names: readonly Name[]): void {
    for (const [hash, text] of names) {
      this.#texts.delete(hash);
      this.#texts.set(hash, text);
    }
    for (const hash of this.#texts.keys()) {
      if (this.#texts.size <= this.#limit) return;
      this.#texts.delete(hash);
    }
  }

  textOf(hash: number): string | undefined {
    return this.#texts.get(hash);
  }

  get size(): number {
    return this.#texts.size;
  }
}
