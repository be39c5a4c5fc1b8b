/** What stands at an address of the public site (docs/decisions/0005), and the addresses themselves. */
import { encodeSegment } from "../language/slug.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { SiteName } from "../pieces/piece.ts";

/** What a list gathers: the texts of a section, with a tag, under a byline, or of a month. */
export type ListSubject =
  | { readonly of: "section"; readonly slug: string }
  | { readonly of: "tag"; readonly slug: string }
  | { readonly of: "byline"; readonly slug: string; readonly id: string }
  | { readonly of: "month"; readonly year: string; readonly month: string };

export type FeedFormat = "rss" | "json";

export type Place =
  | { readonly kind: "front"; readonly language: LanguageTag }
  | { readonly kind: "front text"; readonly language: LanguageTag }
  | { readonly kind: "text"; readonly id: string }
  | { readonly kind: "text form"; readonly id: string }
  /** `page` counts from the oldest; null is the list's own address, with the newest. */
  | {
      readonly kind: "list";
      readonly subject: ListSubject;
      readonly language: LanguageTag;
      readonly page: number | null;
    }
  | { readonly kind: "archive"; readonly language: LanguageTag }
  /** Of every language where `language` is null. */
  | { readonly kind: "feed"; readonly format: FeedFormat; readonly language: LanguageTag | null }
  | { readonly kind: "sitemap index" }
  | { readonly kind: "sitemap"; readonly part: string }
  | { readonly kind: "robots" }
  | { readonly kind: "asset"; readonly name: string }
  /** One file of a picture that a published text shows. */
  | { readonly kind: "picture"; readonly id: string; readonly file: string }
  | { readonly kind: "error"; readonly code: ErrorCode; readonly language: LanguageTag }
  | { readonly kind: "maintenance"; readonly language: LanguageTag }
  | { readonly kind: "redirect"; readonly to: string }
  /** `id` of the text that was withdrawn: for finding what showed it, never shown. */
  | { readonly kind: "gone"; readonly id: string; readonly language: LanguageTag };

export type PlaceOf<K extends Place["kind"]> = Extract<Place, { readonly kind: K }>;

/** What an edge may have to answer with a page instead of the one that was asked for. */
export const errorCodes = [400, 403, 404, 405, 410, 413, 414, 421, 429, 500, 502, 503, 504] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const frontPath = (language: LanguageTag): string => `/${language}/`;
export const frontTextPath = (language: LanguageTag): string => `/${language}/text`;
export const archivePath = (language: LanguageTag): string => `/${language}/archive`;
export const textFormPath = (path: string): string => `${path}/text`;
export const errorPath = (code: ErrorCode, language: LanguageTag): string =>
  `/_kasbah/errors/${code}/${language}`;
export const maintenancePath = (language: LanguageTag): string => `/_kasbah/maintenance/${language}`;
export const picturePath = (file: string): string => `/_kasbah/media/${file}`;
export const sitemapPath = (part: string): string => `/sitemap/${part}.xml`;

export function feedPath(format: FeedFormat, language: LanguageTag | null): string {
  const file = format === "rss" ? "feed.xml" : "feed.json";
  return language === null ? `/${file}` : `/${language}/${file}`;
}

export function listPath(language: LanguageTag, subject: ListSubject, page: number | null = null): string {
  const own = `/${language}/${subjectPath(subject)}`;
  return page === null ? own : `${own}/page/${page}`;
}

function subjectPath(subject: ListSubject): string {
  switch (subject.of) {
    case "section":
    case "tag":
      return `${subject.of}/${encodeSegment(subject.slug)}`;
    case "byline":
      return `by/${encodeSegment(subject.slug)}`;
    case "month":
      return `${subject.year}/${subject.month}`;
  }
}

/** Under which a source knows what stands at an address. */
export function placeKey(site: SiteName, path: string, query = ""): string {
  return query === "" ? `place:${site}${path}` : `place:${site}${path}?${query}`;
}
