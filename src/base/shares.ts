/** So many of one's at a time: nobody takes all the places that everybody shares. `Key`: what one is known by. */
export class Shares<Key> {
  readonly #max: number;
  /** Nobody who has none. */
  readonly #taken = new Map<Key, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Returns what gives the place back, once; undefined where this one has enough. */
  take(key: Key): (() => void) | undefined {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.#max) return undefined;
    this.#taken.set(key, taken + 1);
    let isBack = false;
    return () => {
      if (!isBack) this.#giveBack(key);
      isBack = true;
    };
  }

  #giveBack(key: Key): void {
    const left = (this.#taken.get(key) ?? 1) - 1;
    if (left === 0) this.#taken.delete(key);
    else this.#taken.set(key, left);
  }
}
