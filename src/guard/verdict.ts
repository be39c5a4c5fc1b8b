/** What is said of a page that was compared with its baseline. */

/** One fact that the baseline does not vouch for. */
export interface NewFact {
  /** `scripts`, `title`, `status`, `inline`, `text` …: a set of facts or another of its fields; `words` for what new text says. */
  readonly what: string;
  /** As the page has it: shortened, inert text. */
  readonly value: string;
  /** What the baseline has instead, where it is one thing. */
  readonly before?: string;
  /** `contradicts`: enough by itself. `doubt`: with others. `note`: only told. */
  readonly weight: "contradicts" | "doubt" | "note";
}

export type Verdict =
  /** The baseline vouches for it: its own page, or a page of a kind that the site makes. */
  | { readonly kind: "vouched"; readonly facts: readonly NewFact[] }
  /** Served, watched, shown to a person. */
  | { readonly kind: "uncertain"; readonly facts: readonly NewFact[] }
  /** Not served. `alarm`: nobody who runs the site would do this; else it may be theirs, and they are asked once. */
  | { readonly kind: "contradicts"; readonly alarm: boolean; readonly facts: readonly NewFact[] };
