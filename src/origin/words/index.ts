/** The protected site's pages by language of the interface. */
import type { InThreeLanguages } from "../../web/words.ts";
import type { OriginWords } from "../words.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

export const words: InThreeLanguages<OriginWords> = { ar, fr, en };
