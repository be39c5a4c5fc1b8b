/** What a person should know about one text that came in: short phrases, each with how often. */

/** A text with more kinds of remark than this has one problem, not a hundred. */
const remarksMax = 40;

export class Remarks {
  readonly #times = new Map<string, number>();

  add(what: string): void {
    const known = this.#times.get(what);
    if (known === undefined && this.#times.size >= remarksMax) return;
    this.#times.set(what, (known ?? 0) + 1);
  }

  /** `script removed (2), <marquee> kept as text`; empty where there is nothing to say. */
  toString(): string {
    return [...this.#times].map(([what, times]) => (times === 1 ? what : `${what} (${times})`)).join(", ");
  }
}
