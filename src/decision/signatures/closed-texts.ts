/** Traits whose texts come from closed sets: what may be written to disk, and what is known by its hash without ever having been told. */
import { ordinal, type Trait, traits } from "../requests/trait.ts";
import { closedValues } from "../requests/trait-values.ts";
import { valueHash } from "../requests/value-hash.ts";
import type { HashKey } from "../source.ts";

const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

/** Traits of numbers are left out. */
export const closedTexts: Partial<Record<Trait, readonly string[]>> = {
  ...closedValues,
  /** ISO 3166-1 alpha-2, assigned or not. */
  country: letters.flatMap((first) => letters.map((second) => first + second)),
};

/** By their keyed hashes. */
export function closedNames(key: HashKey): ReadonlyMap<number, string> {
  const texts = new Set([...Object.values(closedTexts).flat(), "none", "tracking", "self"]);
  return new Map([...texts].map((text) => [valueHash(text, key), text]));
}

export const traitIndex = Object.fromEntries(traits.map((trait, at) => [trait, at])) as Readonly<
  Record<Trait, number>
>;

/** A value as a vector has it. */
export function wordOf(trait: Trait, value: string, key: HashKey): number {
  return ordinal(trait) ? Number(value) : valueHash(value, key);
}
