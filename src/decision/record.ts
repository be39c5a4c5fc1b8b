/** The seam between the edge's last phase and whoever counts: what is told about each answered request, in plain numbers and strings. */
import type { Source } from "./source.ts";

/** Where an answer comes from, known for every one of them. `dynamic` also stands for the edge's own words. */
export type Provenance = "signed" | "judged" | "uncertain" | "dynamic";

export interface Counted {
  readonly source: Source;
  /** Without the query. */
  readonly path: string;
  /** User-Agent and Accept-Language as sent; empty where missing. */
  readonly agent: string;
  readonly language: string;
  /** The answer is a part of a page: a style sheet, script, image or font. */
  readonly part: boolean;
  /** Its source fetched parts of pages lately. */
  readonly parts: boolean;
  readonly status: number;
  /** By admission. */
  readonly refused: boolean;
  readonly challenged: boolean;
  readonly provenance: Provenance;
  /** Of the answer's body. */
  readonly bytes: number;
  /** From the handler's start to the answer's hand-over. */
  readonly latencyMs: number;
}

export interface Tally {
  /** On the hot path: constant time, keeps nothing of what it is given, never throws. */
  count(counted: Counted): void;
}

/** For an edge that nobody watches. */
export const noTally: Tally = { count() {} };
