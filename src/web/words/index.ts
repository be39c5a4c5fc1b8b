/** The studio's shared words by language of the interface. */
import type { InterfaceLanguage } from "../../language/tags.ts";
import type { InThreeLanguages } from "../words.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import type { StudioWords } from "./studio-words.ts";

const words: InThreeLanguages<StudioWords> = { ar, fr, en };

export function studioWords(language: InterfaceLanguage): StudioWords {
  return words[language];
}
