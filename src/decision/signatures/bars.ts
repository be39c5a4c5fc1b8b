/** What may not come back for a while: cores of rules that harmed, and of such as somebody took back. Bounded; the oldest go first. */
import { ordinal, type Term } from "../requests/trait.ts";

export type BarReason = "harm" | "person";

interface Bar {
  readonly core: readonly Term[];
  readonly why: BarReason;
  readonly untilMs: number;
}

const barredMs = 600_000;
const barsMax = 256;

export class Bars {
  #bars: readonly Bar[] = [];

  set(core: readonly Term[], why: BarReason, nowMs: number): void {
    const bar = { core, why, untilMs: nowMs + barredMs };
    this.#bars = [...this.#current(nowMs), bar].slice(-barsMax);
  }

  /** Of rules that would hit the same readers. */
  why(core: readonly Term[], nowMs: number): BarReason | undefined {
    const reasons = this.#current(nowMs)
      .filter((bar) => isAlike(core, bar.core))
      .map(({ why }) => why);
    return reasons.includes("harm") ? "harm" : reasons[0];
  }

  /** What rules did that somebody took back: nothing else is to be made for it. */
  takenBack(nowMs: number): readonly (readonly Term[])[] {
    return this.#current(nowMs)
      .filter(({ why }) => why === "person")
      .map(({ core }) => core);
  }

  /** Somebody wants such a rule after all. */
  lift(core: readonly Term[]): void {
    this.#bars = this.#bars.filter((bar) => bar.why === "harm" || !isAlike(core, bar.core));
  }

  #current(nowMs: number): readonly Bar[] {
    return this.#bars.filter(({ untilMs }) => untilMs > nowMs);
  }
}

/** As broad as a barred one, broader, or no narrower than by what readers have as well: one that asks for more haste is another rule. */
function isAlike(core: readonly Term[], barred: readonly Term[]): boolean {
  if (core.every((term) => implies(barred, term))) return true;
  const isNarrower = barred.every((term) => implies(core, term));
  return isNarrower && core.every((term) => !ordinal(term.trait) || implies(barred, term));
}

function implies(terms: readonly Term[], { trait, value }: Term): boolean {
  return terms.some(
    (term) =>
      term.trait === trait && (ordinal(trait) ? Number(term.value) >= Number(value) : term.value === value),
  );
}
