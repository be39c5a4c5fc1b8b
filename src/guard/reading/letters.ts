/** What sort of sign each code unit is, for counting words and writing scripts quickly. */

/** ISO 15924 codes by Unicode's names; what is none of these counts as "Zzzz". */
const scripts: readonly (readonly [string, string])[] = [
  ["Latn", "Latin"],
  ["Arab", "Arabic"],
  ["Tfng", "Tifinagh"],
  ["Cyrl", "Cyrillic"],
  ["Grek", "Greek"],
  ["Hebr", "Hebrew"],
  ["Hani", "Han"],
  ["Hira", "Hiragana"],
  ["Kana", "Katakana"],
  ["Hang", "Hangul"],
  ["Deva", "Devanagari"],
  ["Beng", "Bengali"],
  ["Thai", "Thai"],
  ["Armn", "Armenian"],
  ["Geor", "Georgian"],
  ["Ethi", "Ethiopic"],
];

export const separates = 0;
/** Vowel signs, tatweel, soft hyphens, joiners: make no difference between words. */
export const ignored = 1;
export const digit = 2;
export const otherLetter = 3;
const firstScript = 4;

const basicPlane = Array.from({ length: 0x10000 }, (_, code) =>
  code >= 0xd800 && code < 0xe000 ? " " : String.fromCharCode(code),
).join("");

/** By code unit: one of the above, or a script's number. */
export const signs = new Uint8Array(0x10000);
mark(/\p{N}+/gu, digit);
mark(/\p{L}+/gu, otherLetter);
for (const [at, [, name]] of scripts.entries()) {
  mark(new RegExp(`(?:(?=\\p{L})\\p{Script=${name}})+`, "gu"), firstScript + at);
}
mark(/[\p{Mn}\p{Cf}\u0640]+/gu, ignored);

/** The code of a sign's script. */
export function scriptOf(sign: number): string {
  return scripts[sign - firstScript]?.[0] ?? "Zzzz";
}

/** Each sign of these is a word: they put no spaces between words. */
export const wordBySign: ReadonlySet<number> = new Set(
  scripts.flatMap(([code], at) =>
    ["Hani", "Hira", "Kana", "Thai"].includes(code) ? [firstScript + at] : [],
  ),
);

export const signKinds = firstScript + scripts.length;

function mark(pattern: RegExp, sign: number): void {
  for (const { 0: run, index } of basicPlane.matchAll(pattern)) signs.fill(sign, index, index + run.length);
}
