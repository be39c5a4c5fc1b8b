/** A rule in words, made from its terms and not from the edge's English: what the requests that it matches have in common. */
import type { RuleFacts } from "../../bus/facts.ts";
import { ordinal, type Trait, traits } from "../../decision/requests/trait.ts";
import type { ClosedTrait, ValueOf } from "../../decision/requests/trait-values.ts";
import { parseGroup, type ReaderGroup } from "../../decision/signatures/words.ts";
import { formatOf, type InterfaceLanguage } from "../../language/tags.ts";
import { inert } from "../../language/inert.ts";
import type { Quantities } from "../quantities.ts";

/** What follows "Requests": for values that have words of their own, and for all others, which stand where `{}` is. */
export interface Said<Value extends string> {
  readonly of: Readonly<Record<Value, string>>;
  readonly else: string;
}

/** Of traits whose values may be anything, those that have words of their own (trait.ts). */
interface KnownOfOpen {
  readonly path: never;
  readonly query: "none" | "tracking";
  readonly agent: "none";
  readonly language: "none";
  readonly headers: "none";
  readonly referrer: "none" | "self" | "other";
  readonly pace: never;
  readonly queries: never;
  readonly misses: never;
  readonly pass: "none";
  readonly country: "ZZ";
  readonly network: "0";
  readonly block: never;
  readonly prefix: never;
}

/** By trait, the values that have words of their own: of a closed set, all. */
type Known = KnownOfOpen & { readonly [T in ClosedTrait]: ValueOf<T> };

export interface RuleWords {
  /** What the phrases follow. */
  readonly requests: string;
  readonly terms: { readonly [T in Trait]: Said<Known[T]> };
  /** A trait that only a later edge knows; `{}` and `{}`: its name and value. */
  readonly unknown: string;
  /** Who reads, where harm is told. */
  readonly groups: Readonly<Record<ReaderGroup, string>>;
  /** Of no group that anybody has come from yet. */
  readonly newcomers: string;
  readonly unknownNetwork: string;
  readonly noLanguage: string;
}

/** Words of ours, or what somebody sent: that is shown apart, and never as words of the page. */
export type Part = string | Quoted;

export interface Quoted {
  /** Harmless to show; not escaped for HTML. */
  readonly value: string;
  /** As it was sent, left to right; otherwise a name in the page's language. */
  readonly isCode: boolean;
}

/** A User-Agent is told apart by its beginning; all of it is what `kasbah rules show` prints. */
const codeMax = 80;

/** "Requests", then one phrase a term, joined as the language does. */
export function ruleParts(
  terms: RuleFacts["terms"],
  words: RuleWords,
  quantities: Quantities,
  language: InterfaceLanguage,
): readonly Part[] {
  const phrases = terms.map(({ trait, value }) => phraseOf(trait, value, words, quantities));
  const joined = new Intl.ListFormat(formatOf(language)).formatToParts(phrases.map((_, at) => String(at)));
  return [
    words.requests,
    " ",
    ...joined.flatMap(({ type, value }) => (type === "element" ? (phrases[Number(value)] ?? []) : [value])),
  ];
}

function phraseOf(trait: string, value: string, words: RuleWords, quantities: Quantities): readonly Part[] {
  const known = traits.find((each) => each === trait);
  if (known === undefined) return filled(words.unknown, [code(trait), code(value)]);
  const said: Said<string> = words.terms[known];
  if (Object.hasOwn(said.of, value)) return [said.of[value] ?? ""];
  return filled(said.else, [shown(known, value, quantities)]);
}

/** The template with each `{}` replaced by the next value. */
function filled(template: string, values: readonly Quoted[]): readonly Part[] {
  return template.split("{}").flatMap((text, at) => {
    const value = values[at - 1];
    return value === undefined ? [text] : [value, text];
  });
}

function shown(trait: Trait, value: string, { country, language, number }: Quantities): Quoted {
  if (trait === "country") return { value: inert(country(value)), isCode: false };
  if (trait === "language") return { value: inert(language(value)), isCode: false };
  const count = Number(value);
  if (ordinal(trait) && Number.isFinite(count)) return { value: number(count), isCode: false };
  return code(trait === "network" ? `AS${value}` : value);
}

function code(value: string): Quoted {
  const seen = inert(value);
  return { value: seen.length > codeMax ? `${seen.slice(0, codeMax)}…` : seen, isCode: true };
}

/** `phone`, `MA`, `ar`, `64500`: whom a rule harms most. */
export function groupName(group: string, words: RuleWords, { country, language }: Quantities): string {
  const { kind, value } = parseGroup(group);
  switch (kind) {
    case "client":
      return words.groups[value];
    case "country":
      return inert(country(value));
    case "language":
      return value === "none" ? words.noLanguage : inert(language(value));
    case "network":
      return value === "0" ? words.unknownNetwork : `AS${value}`;
    case "newcomers":
      return words.newcomers;
  }
}
