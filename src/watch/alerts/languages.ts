/** What alerts say, by language. */
import type { InThreeLanguages } from "../../web/words.ts";
import type { AlertWords } from "./words.ts";
import { ar } from "./words-ar.ts";
import { en } from "./words-en.ts";
import { fr } from "./words-fr.ts";

export const alertWords: InThreeLanguages<AlertWords> = { ar, fr, en };
