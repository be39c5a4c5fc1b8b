/** The gates' words in each language of the interface. */
import type { InterfaceLanguage } from "../../language/tags.ts";
import { ar } from "./words-ar.ts";
import { en } from "./words-en.ts";
import { fr } from "./words-fr.ts";
import type { GateWords } from "./words.ts";

export const gateWords: Readonly<Record<InterfaceLanguage, GateWords>> = { ar, fr, en };
