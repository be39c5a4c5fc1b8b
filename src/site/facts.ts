/**
 * What pages are made of, by key. Lists hold ids alone and every text shown is read under its own key, so that whatever
 * showed a withdrawn text can be found by the keys it read.
 */
import type { Names } from "../language/names.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { PictureFacts } from "../media/picture.ts";
import type { Material, Verification } from "../material/material.ts";
import type { Byline } from "../people/person.ts";
import type { Body } from "../pieces/body.ts";
import type { Correction, PieceKind, SiteName } from "../pieces/piece.ts";
import type { Read } from "../publishing/rendering.ts";
import type { ListPage } from "./pagination.ts";
import { type ListSubject, type Place, placeKey } from "./place.ts";

/** Under which a source names every address (`Address[]`). No page reads it. */
export const addressesKey = "addresses";

export interface SiteFacts {
  readonly site: SiteName;
  readonly name: string;
  /** With a front page, in the order of the menu. */
  readonly languages: readonly LanguageTag[];
  readonly defaultLanguage: LanguageTag;
  readonly timeZone: string;
  /** `https://example.org`, or empty: stands only where a format demands whole addresses. */
  readonly address: string;
}

/** A text as lists show it. */
export interface Summary {
  readonly id: string;
  readonly site: SiteName;
  readonly kind: PieceKind;
  readonly language: LanguageTag;
  readonly path: string;
  readonly title: string;
  readonly standfirst: string;
  readonly publishedAt: string;
  readonly revisedAt: string | null;
  readonly section: string | null;
  readonly bylines: readonly string[];
  /** What checking the material in it came to, each state once. */
  readonly verification: readonly Verification[];
}

export interface WholeText extends Summary {
  readonly revision: string;
  readonly body: Body;
  readonly tags: readonly string[];
  readonly corrections: readonly Correction[];
  /** Ids of the published texts of the same piece in other languages. */
  readonly translations: readonly string[];
}

export interface Menu {
  /** Those that hold something in this language. */
  readonly sections: readonly { readonly slug: string; readonly names: Names }[];
  /** Ids of texts of pages: the first few, which stand at the foot of every page. */
  readonly pages: readonly string[];
}

/** Ids of texts, newest first everywhere; a text stands in one place only. */
export interface Front {
  readonly lead: string | null;
  readonly secondary: readonly string[];
  readonly latest: readonly string[];
  readonly briefs: readonly string[];
  readonly sections: readonly { readonly slug: string; readonly texts: readonly string[] }[];
  readonly findings: readonly { readonly text: string; readonly material: string }[];
  /** RFC 3339; when anything in this language was last published or revised. */
  readonly updatedAt: string | null;
}

export interface SitemapPart {
  /** Of fronts and lists. */
  readonly paths: readonly string[];
  /** Ids. */
  readonly texts: readonly string[];
}

export interface Month {
  readonly year: string;
  readonly month: string;
}

export const listKey = (site: SiteName, language: LanguageTag, subject: ListSubject): string =>
  `${site}/${language}/${subjectKey(subject)}`;

function subjectKey(subject: ListSubject): string {
  switch (subject.of) {
    case "section":
    case "tag":
      return `${subject.of}/${subject.slug}`;
    case "byline":
      return `by/${subject.id}`;
    case "month":
      return `${subject.year}/${subject.month}`;
  }
}

/** Typed reading: the one place that says which key holds what. Undefined: there is nothing, or nothing any more. */
export class Facts {
  readonly #read: Read;
  readonly #site: SiteName;

  constructor(read: Read, site: SiteName) {
    this.#read = read;
    this.#site = site;
  }

  site(): SiteFacts {
    const facts = this.#read(`site:${this.#site}`) as SiteFacts | undefined;
    if (facts === undefined) throw new Error(`rendering: the source knows no site ${this.#site}`);
    return facts;
  }

  place(path: string, query?: string): Place | undefined {
    return this.#read(placeKey(this.#site, path, query)) as Place | undefined;
  }

  summary(id: string): Summary | undefined {
    return this.#read(`summary:${id}`) as Summary | undefined;
  }

  summaries(ids: readonly string[]): Summary[] {
    return ids.flatMap((id) => this.summary(id) ?? []);
  }

  text(id: string): WholeText | undefined {
    return this.#read(`text:${id}`) as WholeText | undefined;
  }

  byline(id: string): Byline | undefined {
    return this.#read(`byline:${id}`) as Byline | undefined;
  }

  section(slug: string): Names | undefined {
    return this.#read(`section:${this.#site}/${slug}`) as Names | undefined;
  }

  tag(slug: string): Names | undefined {
    return this.#read(`tag:${this.#site}/${slug}`) as Names | undefined;
  }

  material(id: string): Material | undefined {
    return this.#read(`material:${id}`) as Material | undefined;
  }

  /** Only of pictures that a published text shows. */
  picture(id: string): PictureFacts | undefined {
    return this.#read(`picture:${id}`) as PictureFacts | undefined;
  }

  /** Throws where the file on the disk isn't the one that was cleaned. */
  pictureFile(file: string): Uint8Array | undefined {
    return this.#read(`picture-file:${file}`) as Uint8Array | undefined;
  }

  menu(language: LanguageTag): Menu {
    return this.#read(`menu:${this.#site}/${language}`) as Menu;
  }

  /** Ids of the texts of all pages, oldest first. */
  pages(language: LanguageTag): readonly string[] {
    return this.#read(`pages:${this.#site}/${language}`) as readonly string[];
  }

  front(language: LanguageTag): Front {
    return this.#read(`front:${this.#site}/${language}`) as Front;
  }

  months(language: LanguageTag): readonly Month[] {
    return this.#read(`months:${this.#site}/${language}`) as readonly Month[];
  }

  list(language: LanguageTag, subject: ListSubject, page: number | null): ListPage | undefined {
    const key = `list:${listKey(this.#site, language, subject)}`;
    return this.#read(page === null ? key : `${key}#${page}`) as ListPage | undefined;
  }

  /** Ids of the newest texts, in one language or in all. */
  feed(language: LanguageTag | null): readonly string[] {
    return this.#read(`feed:${this.#site}/${language ?? ""}`) as readonly string[];
  }

  /** Names of its parts. */
  sitemaps(): readonly string[] {
    return this.#read(`sitemaps:${this.#site}`) as readonly string[];
  }

  sitemap(part: string): SitemapPart {
    return this.#read(`sitemap:${this.#site}/${part}`) as SitemapPart;
  }
}
