/** The words of the pages about people, by the language of the interface. */
import type { InterfaceLanguage } from "../../language/tags.ts";
import type { InThreeLanguages } from "../../web/words.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import type { PeopleWords } from "./people-words.ts";

const all: InThreeLanguages<PeopleWords> = { ar, fr, en };

export function peopleWords(language: InterfaceLanguage): PeopleWords {
  return all[language];
}
