/** `lang` and `dir` for markup: on whatever differs from what stands around it, and on nothing else. */
import { type Direction, directionOf, isLanguageTag, type LanguageTag } from "./tags.ts";

const rtlScripts = /-(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)\b/i;
const anyScript = /-[A-Z][a-z]{3}\b/;
const rtlLanguages = /^(ar|arc|ary|arz|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(-|$)/i;

/** Of any BCP 47 tag: its script decides, else its language. */
export function directionOfCode(code: string): Direction {
  if (isLanguageTag(code)) return directionOf(code);
  if (anyScript.test(code)) return rtlScripts.test(code) ? "rtl" : "ltr";
  return rtlLanguages.test(code) ? "rtl" : "ltr";
}

export interface LanguageAttributes {
  readonly lang?: string;
  readonly dir?: Direction;
}

/** For an element in `language` inside one in `around`. */
export function differing(language: LanguageTag, around: LanguageTag): LanguageAttributes {
  if (language === around) return {};
  const direction = directionOf(language);
  return direction === directionOf(around) ? { lang: language } : { lang: language, dir: direction };
}
