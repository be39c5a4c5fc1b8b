/** Single terms that are frequent in a window: what conjunctions are made of. */
import { behaviour, ordinal, type Term, type Trait, traits } from "../requests/trait.ts";
import type { Bits } from "./bits.ts";
import type { Usual } from "./usual.ts";
import type { View, Window } from "./window.ts";

/** A term with what it matches here. */
export interface Found {
  readonly term: Term;
  /** Rows of the window, and of usual readers. */
  readonly here: Bits;
  readonly usually: Bits;
  /** Share of usual requests that it might match, 0..1. */
  readonly usualShare: number;
}

/** Most frequent values looked at of one trait. The window is bounded, so that counting exactly is cheap. */
const valuesPerTrait = 8;

/** Values of each trait that at least `rowsMin` rows have. */
export function frequentTerms(window: Window, view: View, usual: Usual, rowsMin: number): Found[] {
  return traits.flatMap((trait) =>
    frequentWords(view, trait, rowsMin).flatMap((word) => {
      const value = window.text(trait, word);
      if (value === undefined) return [];
      const usually = usual.bitsOf(trait, word);
      const here = view.bitsOf(trait, word);
      return [{ term: { trait, value }, here, usually, usualShare: usual.share(usually) }];
    }),
  );
}

/** The most frequent first. */
function frequentWords(view: View, trait: Trait, rowsMin: number): number[] {
  return [...view.tally(trait)]
    .filter(([word, rows]) => rows >= rowsMin && !(ordinal(trait) && word === 0))
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b)
    .slice(0, valuesPerTrait)
    .map(([word]) => word);
}

/** Behaviours that could tell a flood from readers: those of nearly every reader can't. */
export function telling(found: readonly Found[]): Found[] {
  return found.filter(({ term, usualShare }) => behaviour(term) && usualShare < 0.98);
}
