/** One form for what is searched and what is found: case, accents and what Arabic writes in several ways make no difference. */

/** Short vowels, the superscript alef, tatweel, and combining marks of any script. */
const marks = /[\p{Mn}\u0640]/gu;

/** For comparing only; never shown. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(marks, "")
    .toLowerCase()
    .replace(/[ىی]/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/ک/g, "ك")
    .replace(/\s+/g, " ")
    .trim();
}
