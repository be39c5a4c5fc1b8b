/** What may not come back for a while: behaviours of rules that harmed, and of such as somebody took back. Bounded; the oldest go first. */
import { behaviour, ordinal, type Term } from "../requests/trait.ts";

export type BarReason = "harm" | "person";

interface Bar {
  readonly behaviours: readonly Term[];
  readonly why: BarReason;
  readonly untilMs: number;
}

const barredMs = 600_000;
const barsMax = 256;

export class Bars {
  #bars: readonly Bar[] = [];

  set(terms: readonly Term[], why: BarReason, nowMs: number): void {
    const bar = { behaviours: terms.filter(behaviour), why, untilMs: nowMs + barredMs };
    this.#bars = [...this.#bars.filter(({ untilMs }) => untilMs > nowMs), bar].slice(-barsMax);
  }

  /** Of a rule that would hit all that a barred one did; one that asks for more is another rule. */
  why(terms: readonly Term[], nowMs: number): BarReason | undefined {
    const behaviours = terms.filter(behaviour);
    const reasons = this.#bars
      .filter((bar) => bar.untilMs > nowMs && behaviours.every((term) => implies(bar.behaviours, term)))
      .map(({ why }) => why);
    return reasons.includes("harm") ? "harm" : reasons[0];
  }

  /** Somebody wants such a rule after all. */
  lift(terms: readonly Term[]): void {
    const behaviours = terms.filter(behaviour);
    this.#bars = this.#bars.filter(
      (bar) => bar.why === "harm" || !behaviours.every((term) => implies(bar.behaviours, term)),
    );
  }
}

function implies(terms: readonly Term[], { trait, value }: Term): boolean {
  return terms.some(
    (term) =>
      term.trait === trait && (ordinal(trait) ? Number(term.value) >= Number(value) : term.value === value),
  );
}
