/** What a look at a page notices, before all of it is weighed. */
import type { Facts } from "../facts.ts";
import type { PageBaseline } from "../learning/page-baseline.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import type { NewFact } from "../verdict.ts";

/** Doubts of one family are one doubt: what is true of the whole is seen in all its parts. */
export type Family =
  | "answer"
  | "references"
  | "code"
  | "title"
  | "text"
  | "structure"
  | "links"
  | "language"
  | "media"
  | "oddities"
  | "words";

export interface Sign extends Pick<NewFact, "what" | "value" | "before"> {
  readonly family: Family;
  /**
   * `alarm`: nobody who runs the site would do it. `question`: it may be theirs. `fault`: it doesn't work; nobody did it.
   * `doubt`: with others of other families. `note`: only told.
   */
  readonly grade: "alarm" | "question" | "fault" | "doubt" | "note";
}

export interface Judged {
  readonly site: SiteBaseline;
  /** Undefined where nobody has seen this address before. */
  readonly page: PageBaseline | undefined;
  /** Path and query. */
  readonly address: string;
  /** Its operators said that they are working on the site. */
  readonly working: boolean;
}

export type Look = (facts: Facts, by: Judged) => readonly Sign[];
