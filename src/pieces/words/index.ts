/** The words of the pages about texts, by language. */
import type { InThreeLanguages } from "../../web/words.ts";
import { ar } from "./ar.ts";
import { en, type Words } from "./en.ts";
import { fr } from "./fr.ts";

export type { Words } from "./en.ts";
export const words: InThreeLanguages<Words> = { ar, fr, en };
