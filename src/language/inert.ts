/**
 * What somebody sent, made harmless to look at wherever it ends up: a terminal, a page, a letter, a sheet. Signs that hide, that reorder
 * what stands beside them or that a program would act on are written by their number, so that they are seen instead.
 */

/** Controls (a terminal's among them), formatting signs (all that turn the direction, all without width), lone surrogates, private use, unassigned, separators. */
const unseen = String.raw`[\p{C}\p{Zl}\p{Zp}]`;
/** Letters and marks that show nothing. */
const blank = String.raw`[\u034f\u115f\u1160\u2800\u3164\uffa0]`;
/** Where HTML's tokenizer would leave text (section 13.2.5.6): `3 < 4` stays. */
const markup = String.raw`<(?=[a-z/!?])`;
/** With these a sheet's cell begins to reckon; what Arabic or French begins with is none of them. */
const formula = String.raw`^[=+@-]`;
/** More marks on one letter than any writing has cover the lines around. */
const heaped = String.raw`(?<=\p{M}{4})\p{M}`;
const acting = new RegExp([unseen, blank, markup, formula, heaped].join("|"), "giu");

/** Longer than anything that people are asked to read in one piece. */
const charactersMost = 2_000;

/** On one line, at most so many characters: `\u{202e}` for what would turn the line around. */
export function inert(text: string, charactersMax = charactersMost): string {
  const written = text
    .slice(0, charactersMax + 1)
    .replaceAll(acting, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
  if (written.length <= charactersMax) return written;
  return `${written.slice(0, charactersMax - 1).replace(/\\(u(\{[\da-f]*)?)?$|[\ud800-\udbff]$/, "")}…`;
}
