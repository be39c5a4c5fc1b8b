/** Further terms for a rule that cost hardly any coverage: fewer others, whom no data speak for, can be hit by it. */
import { behaviour, type Term, type Trait } from "../requests/trait.ts";
import { type Bits, both, countBits, countBoth } from "./bits.ts";
import type { Found } from "./terms.ts";
import type { Usual } from "./usual.ts";

/**
 * What traits speak of; a rule is narrowed once in each that it doesn't speak of yet. Where nothing is learned, the first counts. Pace and the
 * like are left out: they change with what is done about a flood, and it would slip out from under its rule.
 */
const subjects: readonly (readonly Trait[])[] = [
  ["country", "network", "block", "prefix"],
  ["program", "accept", "agent", "headers", "encoding", "language"],
  ["path", "place", "query", "referrer", "method"],
  ["parts", "shared"],
];

/** Of traits that only narrow: not to know, or not to have, narrows nothing. */
const absent = new Set(["none", "no", "0", "ZZ"]);
const termsMax = 5;
/** Of its rows that it keeps, with each further term. */
const keptMin = 0.98;
/** A term that this many usual requests match narrows nothing. */
const shareMax = 0.5;

export interface Narrowable {
  readonly terms: readonly Term[];
  readonly here: Bits;
}

/** Where the flood changes what it was narrowed by, the next rule for the same behaviours isn't (`Limits.evaded`). */
export function narrowed(rule: Narrowable, found: readonly Found[], usual: Usual): Term[] {
  const terms = [...rule.terms];
  let { here } = rule;
  for (const subject of subjects) {
    if (terms.length >= termsMax) break;
    if (terms.some(({ trait }) => subject.includes(trait))) continue;
    const rows = countBits(here) * keptMin;
    const best = found
      .filter(({ term }) => subject.includes(term.trait) && (behaviour(term) || !absent.has(term.value)))
      .filter(({ here: matched }) => countBoth(here, matched) >= rows)
      .map((one) => ({ one, share: usual.seenShare(one.term), rank: subject.indexOf(one.term.trait) }))
      .filter(({ share }) => share <= shareMax)
      .sort((a, b) => a.share - b.share || a.rank - b.rank)[0];
    if (best === undefined) continue;
    terms.push(best.one.term);
    here = both(here, best.one.here);
  }
  return terms;
}
