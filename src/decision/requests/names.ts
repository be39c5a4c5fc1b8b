/** Texts behind hashes: a worker tells each once, the main thread remembers them. Both in memory only, and bounded. */

/** Of texts that a worker remembers to have told, and of those that it tells at a time. */
const toldMax = 16_384;
const pendingMax = 1_024;

export type Name = readonly [hash: number, text: string];

/** In a worker: told first, forgotten first, so that who listens to `workers` of them needs `workers * toldMax` places. */
export class NamesToTell {
  #newer = new Set<number>();
  #older = new Set<number>();
  #pending: Name[] = [];

  /** Where too many wait to be told already, it is told when it comes again. */
  add(hash: number, text: string): void {
    if (this.#newer.has(hash) || this.#older.has(hash) || this.#pending.length === pendingMax) return;
    if (this.#newer.size === toldMax / 2) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(hash);
    this.#pending.push([hash, text]);
  }

  /** What was added since the last time. */
  take(): readonly Name[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }
}

/** In the main thread. */
export class Names {
  readonly #texts = new Map<number, string>();
  readonly #limit: number;

  /** Of an edge with so many workers. */
  constructor(workers: number) {
    this.#limit = workers * toldMax;
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
