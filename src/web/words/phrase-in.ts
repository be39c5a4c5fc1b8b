/** What judge, edge and newsroom told in English, in the visitor's language. */
import { inert } from "../../language/inert.ts";
import type { InterfaceLanguage } from "../../language/tags.ts";
import { phrases, type PhraseWords } from "./phrases.ts";
import { phrasesAr } from "./phrases-ar.ts";
import { phrasesFr } from "./phrases-fr.ts";

/** What is no English for anybody. */
const phrasesEn: Partial<PhraseWords> & Pick<PhraseWords, "claim"> = {
  "one count": "$1",
  claim: "by which an attack is claimed",
};
const catalogs = { ar: phrasesAr, fr: phrasesFr, en: phrasesEn } as const;
const names = Object.keys(phrases) as (keyof typeof phrases)[];
const lists = { ar: "، ", fr: ", " } as const;

/** Longer ones are somebody else's. */
const lengthMax = 500;

/** Harmless to look at, whatever of the site's it names. Undefined: it isn't ours. In English what is ours stays as it is. */
export function phraseIn(said: string, language: InterfaceLanguage): string | undefined {
  const text = inert(said, lengthMax);
  const name = names.find((each) => phrases[each].test(text));
  if (name === undefined) return undefined;
  const words = catalogs[language][name];
  if (words === undefined) return text;
  const translated = text.replace(phrases[name], words);
  const visitors = name === "only" ? phrases.only.exec(text)?.[1] : undefined;
  if (visitors === undefined || language === "en") return translated;
  const each = visitors.split(", ").map((visitor) => phraseIn(visitor, language) ?? visitor);
  return translated.replace(visitors, each.join(lists[language]));
}

/** As src/guard/judging/claims.ts names them. */
const claimName = /^((en|fr)-[a-z-]+|ar|darija|fa|tr|id|es-pt|de-it|ru-uk|zh|vi)$/;

/** Of a fact: what its title and headings say is never ours, however it reads. */
export function phraseInFact(what: string, value: string, language: InterfaceLanguage): string | undefined {
  if (what === "title" || what === "headings") return undefined;
  if (what === "words" && claimName.test(value)) return catalogs[language].claim;
  return phraseIn(value, language);
}
