/** What a page says that is worth remembering of it: where it always said so, it is nothing new. */
import type { Facts } from "../facts.ts";
import { claimsIn, spamIn } from "./claims.ts";
import { hasWarning } from "./faults.ts";

/** Different ones; one or two are in any newspaper. */
const soldWordsLeast = 3;

type Said = Pick<Facts, "title" | "words">;

/** Names of lexicon entries, `sold words`, `printed warning`. */
export function remarksOn(said: Said): string[] {
  return [
    ...claimsIn(`${said.title}\n${said.words}`),
    ...(sells(said) ? ["sold words"] : []),
    ...(hasWarning(said.words) ? ["printed warning"] : []),
  ];
}

export function sells({ title, words }: Said): boolean {
  return spamIn(`${title}\n${words}`) >= soldWordsLeast;
}
