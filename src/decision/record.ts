/** The seam between the edge's last phase and whoever counts: what is told about each answered request, in plain numbers and strings. */
import type { Provenance } from "./provenance.ts";

/** The edge fills one such object again and again: whoever keeps something copies it. */
export interface Seen {
  /** When the request arrived, ms since 1970. */
  atMs: number;
  /** From its arrival to the answer's hand-over, ms with fractions. */
  tookMs: number;
  /** The client's address in its shortest form, IPv4-mapped ones as IPv4. In memory only. */
  address: string;
  method: string;
  /** "portal" or "blog"; empty where the host is unknown. */
  site: string;
  /** Without the query. */
  path: string;
  /** The headers User-Agent, Accept-Language and Referer; empty where missing. */
  agent: string;
  language: string;
  referer: string;
  status: number;
  /** Of the answer's body. */
  bytes: number;
  provenance: Provenance;
  /** Admission said no (or would have, in shadow mode). */
  refused: boolean;
}

export interface Tally {
  /** On the hot path: constant time, no allocation worth mentioning, never throws. */
  count(seen: Readonly<Seen>): void;
}

/** For an edge that nobody watches. */
export const noTally: Tally = { count() {} };
