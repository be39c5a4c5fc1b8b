/** Texts of a page as they are remembered and compared: bounded, without what would have no canonical form. */
import { cut } from "../../base/cut.ts";
import { cleanText } from "../../language/clean.ts";
import { folded } from "../../language/fold.ts";

/** One line, bounded. */
export function plain(text: string, charactersMax: number): string {
  return cut(cleanText(text).replace(/\s+/g, " ").trim(), charactersMax).toWellFormed();
}

const word = /[\p{L}\p{N}]+/gu;

/** Words of at least three letters or digits, folded: those that say what a title is about. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = folded(text).match(word) ?? [];
  return new Set(words.filter((one) => one.length > 2 && !/^\d+$/.test(one)));
}

/** Parts between the marks with which sites set their name apart: `Headline – Section | Site`. */
export function titleParts(title: string): readonly string[] {
  return folded(title)
    .split(/\s+[-–—|·•:»«›‹/]+\s+|\s*[|»«›‹]\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
