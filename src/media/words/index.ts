/** The words about pictures in each language of the studio. */
import type { InThreeLanguages } from "../../web/words.ts";
import type { MediaWords } from "../words.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

export const words: InThreeLanguages<MediaWords> = { ar, en, fr };
