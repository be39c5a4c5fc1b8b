/** The editor's words by language of the interface. */
import type { InThreeLanguages } from "../../web/words.ts";
import { ar } from "./words-ar.ts";
import { en, type EditorWords } from "./words-en.ts";
import { fr } from "./words-fr.ts";

export const words: InThreeLanguages<EditorWords> = { ar, fr, en };
export type { EditorWords };
