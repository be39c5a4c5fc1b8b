/**
 * The last part of an address, made from a title in any script. Stored as it is read (`مسيرة-الأحد`); in paths it is
 * percent-encoded UTF-8 with upper-case digits, which is what browsers send.
 */

/** Characters, not bytes: an Arabic letter takes six bytes in a path, and 80 of them stay far below 2,048. */
export const slugLengthMax = 80;

/** Short vowels, the superscript alef and tatweel: written or left out at will, so not part of an address. */
const arabicMarks = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
const latinMarks = /(\p{Script=Latin})\p{Mn}+/gu;
const notWord = /[^\p{L}\p{M}\p{N}]+/gu;

/** Empty where the title holds no letter or digit of any script. */
export function slugFrom(title: string): string {
  const words = unmarked(title.toWellFormed().normalize("NFKC"))
    .toLowerCase()
    .replace(/['’ʼ]/gu, "-")
    .replace(notWord, "-")
    .replace(/^[-\p{M}]+|-+$/gu, "");
  return shortened(words.normalize("NFC"));
}

/** True of what `slugFrom` can return and of nothing else that matters: it is then left as it is. */
export function isSlug(text: string): boolean {
  return text !== "" && slugFrom(text) === text;
}

/** One segment of a path. */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment);
}

function unmarked(text: string): string {
  const latin = text.normalize("NFD").replace(latinMarks, "$1").normalize("NFC");
  return latin.replace(arabicMarks, "");
}

/** Cut at a hyphen where there is one in the second half. */
function shortened(slug: string): string {
  const letters = Array.from(slug);
  if (letters.length <= slugLengthMax) return slug;
  const head = letters.slice(0, slugLengthMax).join("");
  const at = head.lastIndexOf("-");
  return (at > head.length / 2 ? head.slice(0, at) : head).replace(/-+$/u, "");
}
