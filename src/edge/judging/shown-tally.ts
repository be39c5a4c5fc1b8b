/** What readers were shown between two reports, answer by answer: so that it can be said later how often one was that turns out to be false. */
import type { WasShown } from "./ready.ts";
import type { Shown, ShownCount } from "./told.ts";

/** Between two reports, 100 ms apart; beyond, only the sums count on. */
const answersMax = 4_096;

export class ShownTally {
  #answers = new Map<string, ShownCount>();
  #judged = 0;
  #uncertain = 0;
  #copies = 0;

  note({ kind, provenance, shownAs }: WasShown): void {
    if (kind === "copy") this.#copies += 1;
    if (kind !== "answer" || (provenance !== "judged" && provenance !== "uncertain")) return;
    if (provenance === "judged") this.#judged += 1;
    else this.#uncertain += 1;
    const before = this.#answers.get(shownAs);
    if (shownAs === "" || (before === undefined && this.#answers.size >= answersMax)) return;
    const { judged, uncertain } = before ?? { judged: 0, uncertain: 0 };
    const isJudged = provenance === "judged";
    this.#answers.set(shownAs, {
      judged: judged + (isJudged ? 1 : 0),
      uncertain: uncertain + (isJudged ? 0 : 1),
    });
  }

  take(): Shown {
    const shown = {
      answers: this.#answers,
      judged: this.#judged,
      uncertain: this.#uncertain,
      copies: this.#copies,
    };
    this.#answers = new Map();
    this.#judged = this.#uncertain = this.#copies = 0;
    return shown;
  }
}
