/** So many of one person's at a time: nobody takes all the places that everybody shares. */
export class Shares {
  readonly #max: number;
  /** By account id; nobody who has none. */
  readonly #taken = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Returns what gives the place back, once; undefined where this person has enough. */
  take(account: string): (() => void) | undefined {
    const taken = this.#taken.get(account) ?? 0;
    if (taken >= this.#max) return undefined;
    this.#taken.set(account, taken + 1);
    let isBack = false;
    return () => {
      if (!isBack) this.#giveBack(account);
      isBack = true;
    };
  }

  #giveBack(account: string): void {
    const left = (this.#taken.get(account) ?? 1) - 1;
    if (left === 0) this.#taken.delete(account);
    else this.#taken.set(account, left);
  }
}
