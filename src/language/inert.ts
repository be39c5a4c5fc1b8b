/** What somebody sent, made harmless to look at. HTML is escaped elsewhere; here it is about signs that hide, or that reorder what stands beside them. */

/** Controls, formatting signs (all that turn the direction), lone surrogates, private use, unassigned, line and paragraph separators. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Unseen signs by their number: `\u{202e}`. */
export function inert(text: string): string {
  return text.replaceAll(unseen, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
