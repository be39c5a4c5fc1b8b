/** What readers were shown between two reports, answer by answer: so that it can be said later how often one was that turns out to be false. */
import type { WasShown } from "./ready.ts";
import type { Shown, ShownCount } from "./told.ts";

/** Between two reports, 100 ms apart; beyond, only the sums count on. */
const answersMax = 4_096;
const none: ShownCount = { judged: 0, uncertain: 0 };

export class ShownTally {
  #answers = new Map<string, ShownCount>();
  #sums = noSums();

  /** `isKept`: it was there already, without asking the origin. */
  note({ kind, provenance, shownAs }: WasShown, isKept: boolean): void {
    if (isKept) this.#sums.cached += 1;
    if (kind === "copy") this.#sums.copies += 1;
    if (kind !== "answer" || (provenance !== "judged" && provenance !== "uncertain")) return;
    this.#sums[provenance] += 1;
    const before = this.#answers.get(shownAs);
    if (shownAs === "" || (before === undefined && this.#answers.size >= answersMax)) return;
    const counts = before ?? none;
    this.#answers.set(shownAs, { ...counts, [provenance]: counts[provenance] + 1 });
  }

  take(): Shown {
    const shown = { answers: this.#answers, ...this.#sums };
    this.#answers = new Map();
    this.#sums = noSums();
    return shown;
  }
}

function noSums(): { judged: number; uncertain: number; copies: number; cached: number } {
  return { judged: 0, uncertain: 0, copies: 0, cached: 0 };
}
