/** The languages that texts are written in: BCP 47 tags with script, their direction, and what they fall back to. */

/** As in addresses (`/ar/…`), in `lang` attributes and in the database. */
export const languageTags = ["ar", "ary-Arab", "ary-Latn", "fr", "zgh-Tfng", "zgh-Latn", "en"] as const;
export type LanguageTag = (typeof languageTags)[number];

/** Languages that the interface itself speaks: dates, headings, errors. zgh waits for a named reviewer. */
export const interfaceLanguages = ["ar", "fr", "en"] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

export type Direction = "rtl" | "ltr";

interface Facts {
  readonly direction: Direction;
  readonly interface: InterfaceLanguage;
  /** For Intl; `ary` uses ar-MA, since Intl prints English for it. */
  readonly format: string;
  /** The language's own name for itself. */
  readonly name: string;
}

const facts: Readonly<Record<LanguageTag, Facts>> = {
  ar: { direction: "rtl", interface: "ar", format: "ar-MA", name: "العربية" },
  "ary-Arab": { direction: "rtl", interface: "ar", format: "ar-MA", name: "الدارجة" },
  "ary-Latn": { direction: "ltr", interface: "fr", format: "fr-MA", name: "Darija" },
  fr: { direction: "ltr", interface: "fr", format: "fr-MA", name: "français" },
  "zgh-Tfng": { direction: "ltr", interface: "fr", format: "fr-MA", name: "ⵜⴰⵎⴰⵣⵉⵖⵜ" },
  "zgh-Latn": { direction: "ltr", interface: "fr", format: "fr-MA", name: "Tamazight" },
  en: { direction: "ltr", interface: "en", format: "en-GB", name: "English" },
};

export function isLanguageTag(text: string): text is LanguageTag {
  return (languageTags as readonly string[]).includes(text);
}

export function directionOf(tag: LanguageTag): Direction {
  return facts[tag].direction;
}

export function interfaceOf(tag: LanguageTag): InterfaceLanguage {
  return facts[tag].interface;
}

export function formatOf(tag: LanguageTag): string {
  return facts[tag].format;
}

export function nameOf(tag: LanguageTag): string {
  return facts[tag].name;
}
