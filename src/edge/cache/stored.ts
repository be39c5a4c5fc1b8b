/** What is kept of one answer, as plain data: workers hand it to each other through the main thread. */
import type CachePolicy from "http-cache-semantics";
import type { Provenance } from "../../decision/record.ts";

/** Names in lower case. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Until when it may be given out; ms since 1970. */
export interface Lifetimes {
  readonly freshUntilMs: number;
  /** At once, while the origin is asked for a new one (RFC 5861, section 3). */
  readonly staleUntilMs: number;
  /** While the origin fails (RFC 5861, section 4). */
  readonly errorUntilMs: number;
}

export interface StoredAnswer extends Lifetimes {
  readonly kind: "answer";
  readonly status: number;
  /** As readers get them, without Age. */
  readonly headers: Fields;
  /** As it is, uncompressed. */
  readonly body: Uint8Array;
  readonly provenance: Provenance;
  /** For counting what readers were shown. */
  readonly shownAs: string;
  /** When it was new: Age counts from here, ms since 1970. */
  readonly bornMs: number;
  readonly tags: readonly string[];
  /** For asking whether it still holds (RFC 9111, section 4.3). */
  readonly policy: CachePolicy.CachePolicyObject;
}

export type Stored =
  | StoredAnswer
  /** What answers depends on these fields of the request; in lower case, sorted. */
  | { readonly kind: "varies"; readonly names: readonly string[] }
  /** Nothing that can be kept was said here lately: each request goes its own way, none waits for another. `isLong`: it is longer than what is judged. */
  | { readonly kind: "passed"; readonly untilMs: number; readonly isLong: boolean };

/** Until when what is known of it need not be asked for again; ms since 1970. */
export function freshUntilMs(stored: Stored): number {
  switch (stored.kind) {
    case "answer":
      return stored.freshUntilMs;
    case "passed":
      return stored.untilMs;
    case "varies":
      return Number.POSITIVE_INFINITY;
  }
}

/** In memory that all threads see: it is handed over without being copied. */
export function sharedBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** Bookkeeping, headers, and what the allocator leaves unused. */
const overheadBytes = 4_096;
const markBytes = 512;

/** `bodyBytes` undefined: there is no answer, only what is known about the address. */
export function weightOf(bodyBytes: number | undefined): number {
  return bodyBytes === undefined ? markBytes : bodyBytes + overheadBytes;
}
