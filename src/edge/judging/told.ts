/** What main thread and workers tell each other about the protected site: plain data. */
import type { Sha256 } from "../../base/bytes.ts";
import type { BaselineEntry } from "../../guard/manifest.ts";
import type { NewFact } from "../../guard/verdict.ts";
import type { SignedBlob } from "../blob-fault.ts";

/** The baseline for a worker that starts. */
export interface PublishedBaseline {
  /** Of the manifest: which baseline it is. */
  readonly sha256: Sha256;
  readonly approvedAt: string;
  readonly site: SignedBlob;
  readonly entries: readonly BaselineEntry[];
}

/** The same for those that have one already: few pages are others from one to the next. */
export interface BaselineChange extends Omit<PublishedBaseline, "entries"> {
  /** Addresses (addresses.ts) that are no longer in it. */
  readonly removed: readonly string[];
  /** New, or other than before. */
  readonly added: readonly BaselineEntry[];
}

/** How the site is treated now, as far as a worker has to know. */
export interface Treatment {
  /** Only approved copies; the origin is asked for nothing but what staff want. */
  readonly isHeld: boolean;
  /** Addresses whose approved copy is shown although the site is live. */
  readonly heldPages: readonly string[];
  /** "We are working on the site": what may be theirs is shown. */
  readonly isWorking: boolean;
  /** Browsers are told to forget what the site stored in them. */
  readonly clearsStorage: boolean;
}

/** Under which name somebody asked for the site: sites answer elsewhere with a redirect. */
export interface SeenAs {
  readonly scheme: "http" | "https";
  /** With its port. */
  readonly host: string;
}

/** One answer of the origin's, read and judged. */
export interface Reading {
  readonly seenAs: SeenAs;
  /** Path and query, as a baseline spells them; of what is only uncertain, without what readers wrote into it (readings.ts). */
  readonly address: string;
  readonly verdict: "vouched" | "uncertain" | "question" | "alarm";
  readonly facts: readonly NewFact[];
  readonly status: number;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  /** `answerKey`: how it is counted when readers are shown it. Empty: it isn't. */
  readonly countedAs: string;
  /** It was kept from readers. */
  readonly isHeld: boolean;
  /** The baseline has this address, and it was only asked for: what stands there is the site's word, not a reader's. */
  readonly isKnown: boolean;
  /** The edge's own look at a page that is held. */
  readonly isReread: boolean;
  /** Head and body as they came, where they weren't told lately; undefined: they were. */
  readonly sample: Sample | undefined;
}

export interface Sample {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** How often an answer was shown, by `answerKey`. */
export type ShownCounts = ReadonlyMap<string, ShownCount>;

export interface ShownCount {
  readonly judged: number;
  readonly uncertain: number;
}

/** What readers were shown since the last report. */
export interface Shown {
  readonly answers: ShownCounts;
  /** Of all answers, also those that are not counted one by one. */
  readonly judged: number;
  readonly uncertain: number;
  readonly copies: number;
  readonly cached: number;
}

/** Which answer: its address and what it said. */
export function answerKey(address: string, sha256: string): string {
  return `${sha256} ${address}`;
}
