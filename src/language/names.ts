/** What is called differently in each language: sections, tags, bylines. */
import { z } from "zod";
import { cleanText } from "./clean.ts";
import { directionOf, interfaceLanguages, interfaceOf, type LanguageTag, languageTags } from "./tags.ts";

/** A name in each language that has one. */
export type Names = Readonly<Partial<Record<LanguageTag, string>>>;

/** Characters of one. */
export const nameLengthMax = 200;

const name = z.string().transform(cleanText).pipe(z.string().trim().min(1).max(nameLengthMax));

export const namesSchema = z
  .partialRecord(z.enum(languageTags), name)
  .refine((names) => Object.keys(names).length > 0, "a name in at least one language is needed");

export interface Named {
  readonly name: string;
  /** The language that the name is in, which need not be the one asked for. */
  readonly language: LanguageTag;
}

/** The name in that language, else in one that its readers are likelier to read: their interface's, then one in their direction. */
export function nameIn(names: Names, language: LanguageTag): Named {
  const likely = [...interfaceLanguages, ...languageTags].filter(
    (tag) => directionOf(tag) === directionOf(language),
  );
  for (const each of [language, interfaceOf(language), ...likely, ...languageTags]) {
    const found = names[each];
    if (found !== undefined) return { name: found, language: each };
  }
  return { name: "", language };
}
