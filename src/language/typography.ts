/** What print does to words and keyboards don't: done when a page is made, never to what an editor wrote. */

/** Before these, French puts a space at which no line may break. */
const frenchMarks = / (?=[:;!?»])/g;

/** For text in that language (a BCP 47 tag). */
export function typeset(text: string, language: string): string {
  if (!/^fr\b/.test(language)) return text;
  return text.replace(frenchMarks, "\u202f").replace(/« /g, "«\u202f");
}
