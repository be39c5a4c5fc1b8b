/** What is done now and then instead of every time, each by its own interval. */

export class Due<Name extends string> {
  readonly #everyMs: Readonly<Record<Name, number>>;
  readonly #doneMs = new Map<Name, number>();

  constructor(everyMs: Readonly<Record<Name, number>>) {
    this.#everyMs = everyMs;
  }

  /** True where it is time again; whoever is told so does it. */
  take(what: Name, nowMs: number): boolean {
    if (nowMs - (this.#doneMs.get(what) ?? Number.NEGATIVE_INFINITY) < this.#everyMs[what]) return false;
    this.#doneMs.set(what, nowMs);
    return true;
  }
}
