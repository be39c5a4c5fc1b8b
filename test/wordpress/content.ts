/** What the newsroom of the tests writes: pages and articles in French, Arabic and English, repeatable from a seed; some report on hacking. */
import { z } from "zod";
import { below, type Random } from "../../src/base/random.ts";
import arabic from "./content/ar.json";
import english from "./content/en.json";
import french from "./content/fr.json";

export type Language = "fr" | "ar" | "en";
export const languages: readonly Language[] = ["fr", "ar", "en"];

export interface Article {
  readonly language: Language;
  readonly title: string;
  /** HTML, as editors of WordPress save it. */
  readonly content: string;
}

const reportSchema = z.object({ title: z.string(), paragraphs: z.array(z.string()).min(1) });
const texts = z.array(z.string()).min(1);
const stockSchema = z.object({
  /** With places to fill: `{place}`, `{person}`, `{group}`, `{number}`. */
  headlines: texts,
  paragraphs: texts,
  places: texts,
  people: texts,
  groups: texts,
  /** News about attacks: what a filter of words would take for one. */
  reported: z.array(reportSchema).min(1),
});
const stock = {
  fr: stockSchema.parse(french),
  ar: stockSchema.parse(arabic),
  en: stockSchema.parse(english),
} satisfies Record<Language, unknown>;

/** Of three to six paragraphs about the affairs of a federation. */
export function writeArticle(random: Random, language: Language): Article {
  const { headlines, paragraphs, places, people, groups } = stock[language];
  const filling: Readonly<Record<string, string>> = {
    place: oneOf(random, places),
    person: oneOf(random, people),
    group: oneOf(random, groups),
    number: String(5 + below(random, 90)),
  };
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => filling[name] ?? "");
  const chosen = shuffled(random, paragraphs).slice(0, 3 + below(random, 4));
  return {
    language,
    title: capitalised(fill(oneOf(random, headlines))),
    content: asBlocks(chosen.map(fill)),
  };
}

/** Every article about hacking and about what hackers' slogans say. */
export function reportsOnHacking(): Article[] {
  return languages.flatMap((language) =>
    stock[language].reported.map(({ title, paragraphs }) => ({
      language,
      title,
      content: asBlocks(paragraphs),
    })),
  );
}

/** As the block editor saves paragraphs. */
export function asBlocks(paragraphs: readonly string[]): string {
  return paragraphs
    .map((text) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`)
    .join("\n\n");
}

/** A film of a host that the site's articles show now and then. */
export function film(number: number): string {
  return `<!-- wp:html -->\n<iframe src="https://www.youtube-nocookie.com/embed/film${number}" width="560" height="315" title="Film" allowfullscreen></iframe>\n<!-- /wp:html -->`;
}

export function oneOf<T>(random: Random, from: readonly T[]): T {
  const chosen = from[below(random, from.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

function shuffled<T>(random: Random, from: readonly T[]): T[] {
  return from
    .map((value) => ({ value, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
