/** The interface's words by language. */
import { interfaceOf, type InterfaceLanguage, type LanguageTag } from "../tags.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import type { Messages } from "./messages.ts";

const all: Readonly<Record<InterfaceLanguage, Messages>> = { ar, fr, en };

export function messagesIn(language: LanguageTag): Messages {
  return all[interfaceOf(language)];
}
