/**
 * What may justify refusing a request. Readers of a kind that nobody has seen come every day, with a new phone or a new program, and no
 * data speak for them. So what is merely unseen justifies nothing: a rule has to rest on acts that are rare among people, whatever they
 * read with, or on plain facts that no program which people read with shows.
 */
import type { Term, Trait } from "../requests/trait.ts";
import type { Usual } from "./usual.ts";

/** What a client does, whatever it looks like. */
const acts: readonly Trait[] = [
  "method",
  "place",
  "parts",
  "pace",
  "queries",
  "shared",
  "misses",
  "claim",
  "cost",
];

/** Conjunctions that need no further reason. Of ordinal traits a rule may ask for more. */
const plainFacts: readonly (readonly Term[])[] = [
  /** Says nothing of itself: no program that people read with. */
  [is("program", "none"), is("accept", "none")],
  [is("program", "none"), is("accept", "any")],
  /** … or is hastier than people: */
  ...["pace", "queries", "misses"].map((act) => [is("program", "none"), is(act as Trait, "2")]),
  /** Says that it is a tool. While one floods, others who use the very same have to wait. */
  [is("program", "tool")],
  /** Every browser names what it accepts (WHATWG Fetch, section 4); who doesn't, and is as hasty as ten tabs at once: */
  ...["pace", "queries", "misses"].map((act) => [is("accept", "none"), is(act as Trait, "4")]),
  /** … or doesn't say what it can decode either, or shows many faces at once, and is hastier than most: */
  [is("accept", "none"), is("encoding", "none"), is("pace", "2")],
  [is("accept", "none"), is("shared", "many"), is("pace", "2")],
  /** … or calls itself a browser: each of them has sent both headers with all that it asks for since before 2000. */
  ...["chrome", "safari", "firefox", "edge", "opera", "samsung", "outdated"].map((program) => [
    is("program", program),
    is("accept", "none"),
    is("encoding", "none"),
  ]),
];

/** Whether a rule's terms hold one of the plain facts, or its acts alone would hit at most `ceiling` of the worst group of people. */
export function isJustified(terms: readonly Term[], usual: Usual, ceiling: number): boolean {
  if (plainFacts.some((fact) => fact.every((asked) => holds(terms, asked)))) return true;
  const acting = terms.filter(({ trait }) => acts.includes(trait));
  return acting.length > 0 && usual.harm(acting, "people").share <= ceiling;
}

function is(trait: Trait, value: string): Term {
  return { trait, value };
}

function holds(terms: readonly Term[], asked: Term): boolean {
  return terms.some(
    ({ trait, value }) =>
      trait === asked.trait && (value === asked.value || Number(value) >= Number(asked.value)),
  );
}
