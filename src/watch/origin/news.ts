/** Which of the open incidents there is something new of: an incident may go on for days, and not every second of it is worth a line. */
import type { Incident } from "../../bus/facts.ts";

/** So often everything is told again, with how readers fare. */
const againMs = 15_000;

interface Told {
  readonly outcome: Incident["outcome"];
  readonly evidence: number;
}

export class News {
  /** By incident. */
  #told: ReadonlyMap<string, Told> = new Map();
  #toldMs = Number.NEGATIVE_INFINITY;

  /** That began, or turned out to be a breach: what people have to hear at once. */
  urgent(open: readonly Incident[]): Incident[] {
    const news = open.filter(({ id, outcome }) => this.#told.get(id)?.outcome !== outcome);
    if (news.length > 0) this.#remember(open);
    return news;
  }

  /** That has anything new; all of them now and then. */
  all(open: readonly Incident[], nowMs: number): readonly Incident[] {
    const isTime = nowMs - this.#toldMs >= againMs;
    if (isTime) this.#toldMs = nowMs;
    const news = isTime
      ? open
      : open.filter(({ id, evidence }) => this.#told.get(id)?.evidence !== evidence.length);
    this.#remember(open);
    return news;
  }

  #remember(open: readonly Incident[]): void {
    this.#told = new Map(
      open.map(({ id, outcome, evidence }) => [id, { outcome, evidence: evidence.length }]),
    );
  }
}
