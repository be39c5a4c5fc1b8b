/**
 * What else a source does, in one word: sixteen bits for the fingerprints of its programs, four for answers that were misses, four that count
 * requests which were not judged, and for the last times of 17 minutes: three in which it fetched parts of pages, two in which it was named
 * to the kernel, two in which somebody was found to read behind it all the same.
 */
import { bitsSet } from "../../base/bits-set.ts";
import { countClass, keptQuarters } from "./bits.ts";

const fingerprintBits = 0xffff;
const misses = { at: 16, most: 15 } as const;
const parts = { at: 20, most: 7 } as const;
const skipped = { at: 23, most: 15 } as const;
const named = { at: 27, most: 3 } as const;
const readers = { at: 29, most: 3 } as const;

/** By the different programs that seem to be behind an address: what they call themselves, their languages, their headers. */
export type Shared = "one" | "few" | "many";

export function withFingerprint(word: number, fingerprint: number): number {
  return word | (1 << (fingerprint & 15));
}

/** One more answer. A refusal for its pace is no miss: it says nothing of what was asked for. */
export function withEnd(word: number, status: number, part: boolean): number {
  const isMiss = status >= 400 && status < 500 && status !== 429;
  const counted = isMiss && missesIn(word) < misses.most ? word + (1 << misses.at) : word;
  return part ? counted | (1 << parts.at) : counted;
}

/** Some fingerprints fall together. */
export function sharedIn(word: number): Shared {
  const fingerprints = bitsSet(word & fingerprintBits);
  return fingerprints > 4 ? "many" : fingerprints > 1 ? "few" : "one";
}

export function missClass(word: number): number {
  return countClass(missesIn(word));
}

export function hasPartsIn(word: number): boolean {
  return ((word >>> parts.at) & parts.most) !== 0;
}

export function withNaming(word: number): number {
  return word | (1 << named.at);
}

export function wasNamedIn(word: number): boolean {
  return ((word >>> named.at) & named.most) !== 0;
}

export function withReader(word: number): number {
  return word | (1 << readers.at);
}

export function hasReadersIn(word: number): boolean {
  return ((word >>> readers.at) & readers.most) !== 0;
}

/** From 0 to 15 and round again. */
export function skippedIn(word: number): number {
  return (word >>> skipped.at) & skipped.most;
}

export function withNextSkipped(word: number): number {
  const next = (skippedIn(word) + 1) & skipped.most;
  return (word & ~(skipped.most << skipped.at)) | (next << skipped.at);
}

/** After so many times of 16 s: misses have halved with each, and the next request that might be skipped is not. */
export function fadedBySeconds(word: number, turns: number): number {
  const rest = word & ~((misses.most << misses.at) | (skipped.most << skipped.at));
  return rest | ((missesIn(word) >>> turns) << misses.at);
}

/** After so many times of 17 min: each took a quarter of the fingerprints, and the oldest of the times that are told apart. */
export function fadedByMinutes(word: number, turns: number, turn: number): number {
  const fingerprints = fingerprintBits & keptQuarters(turns, turn, 4);
  const rest = word & (fingerprints | (misses.most << misses.at) | (skipped.most << skipped.at));
  return [parts, named, readers].reduce((faded, { at, most }) => {
    const times = (((word >>> at) & most) << turns) & most;
    return faded | (times << at);
  }, rest);
}

function missesIn(word: number): number {
  return (word >>> misses.at) & misses.most;
}
