/** The public site's material at one moment, sorted into the lists that pages show. */
import type { Database } from "bun:sqlite";
import type { Config } from "../config/settings.ts";
import { cleanText } from "../language/clean.ts";
import { interfaceOf, isLanguageTag, type LanguageTag } from "../language/tags.ts";
import type { PictureFacts } from "../media/picture.ts";
import { readPictures } from "../media/rows.ts";
import type { Material } from "../material/material.ts";
import { readMaterial } from "../material/store.ts";
import type { Byline } from "../people/person.ts";
import { readBylines } from "../people/store.ts";
import { type SiteName, siteNames } from "../pieces/piece.ts";
import { type Published, type PublishedText, readPublished } from "../pieces/published.ts";
import { listKey, type Month, type SiteFacts } from "./facts.ts";
import type { ListSubject } from "./place.ts";

/** What the site needs of the settings. */
export type SiteConfig = Pick<Config, "site" | "site.portal" | "site.blog">;

/** A list with something in it. */
export interface List {
  readonly site: SiteName;
  readonly language: LanguageTag;
  readonly subject: ListSubject;
  /** Newest first. */
  readonly texts: PublishedText[];
}

export interface Moment {
  /** By name. */
  readonly sites: ReadonlyMap<string, SiteFacts>;
  readonly published: Published;
  readonly texts: ReadonlyMap<string, PublishedText>;
  readonly byPiece: ReadonlyMap<string, readonly PublishedText[]>;
  readonly material: ReadonlyMap<string, Material>;
  readonly bylines: ReadonlyMap<string, Byline>;
  /** Those that published texts show. */
  readonly pictures: ReadonlyMap<string, PictureFacts>;
  /** By `listKey`. */
  readonly lists: ReadonlyMap<string, List>;
  /** By `site/language`: everything but pages, newest first. */
  readonly fronts: ReadonlyMap<string, readonly PublishedText[]>;
  /** By `site/yyyy-mm`, in all languages: for the sitemap. */
  readonly months: ReadonlyMap<string, readonly PublishedText[]>;
  /** By `site/language`. */
  readonly pages: ReadonlyMap<string, readonly PublishedText[]>;
}

/** `before`: an earlier moment; texts that have not changed since are the same objects. */
export function readMoment(database: Database, config: SiteConfig, before?: Moment): Moment {
  const { published, material, bylines, pictures } = database.transaction(() => {
    const now = readPublished(database, before?.texts);
    return {
      published: now,
      material: readMaterial(database),
      bylines: new Map(readBylines(database).map((byline) => [byline.id, byline])),
      pictures: readPictures(database, [...new Set(now.texts.flatMap((text) => text.pictures))]),
    };
  })();
  const sites = new Map<string, SiteFacts>(siteNames.map((site) => [site, siteFacts(site, config)]));
  const byPiece = Map.groupBy(published.texts, ({ pieceId }) => pieceId);
  return {
    sites,
    published,
    texts: new Map(published.texts.map((text) => [text.id, text])),
    byPiece,
    material,
    bylines,
    pictures,
    ...sorted(published.texts, { sites, byPiece, bylines }),
  };
}

function siteFacts(site: SiteName, config: SiteConfig): SiteFacts {
  const { name, languages, default_language: wished, time_zone: timeZone } = config.site;
  const first = languages[0] ?? "en";
  return {
    site,
    name: cleanText(name),
    languages: languages.length === 0 ? [first] : languages,
    defaultLanguage: isLanguageTag(wished) && languages.includes(wished) ? wished : first,
    timeZone,
    address: config[`site.${site}`].address,
  };
}

/** The language whose front and lists a text belongs to: its own, else the one that its readers' interface speaks. */
export function homeOf(language: LanguageTag, { languages, defaultLanguage }: SiteFacts): LanguageTag {
  if (languages.includes(language)) return language;
  const spoken = interfaceOf(language);
  return languages.includes(spoken) ? spoken : defaultLanguage;
}

type Sorted = Pick<Moment, "lists" | "fronts" | "months" | "pages">;

function sorted(
  texts: readonly PublishedText[],
  { sites, byPiece, bylines }: Pick<Moment, "sites" | "byPiece" | "bylines">,
): Sorted {
  const lists = new Map<string, List>();
  const fronts = new Map<string, PublishedText[]>();
  const months = new Map<string, PublishedText[]>();
  const pages = new Map<string, PublishedText[]>();
  for (const text of texts) {
    const facts = sites.get(text.site);
    if (facts === undefined) continue;
    const month = monthOf(text);
    if (month !== undefined) addTo(months, `${text.site}/${month.year}-${month.month}`, text);
    const language = homeOf(text.language, facts);
    if (isShownBetter(text, language, byPiece)) continue;
    const home = `${text.site}/${language}`;
    if (text.kind === "page") {
      addTo(pages, home, text);
      continue;
    }
    addTo(fronts, home, text);
    for (const subject of subjectsOf(text, bylines)) {
      const key = listKey(text.site, language, subject);
      const list = lists.get(key);
      if (list === undefined) lists.set(key, { site: text.site, language, subject, texts: [text] });
      else list.texts.push(text);
    }
  }
  return { lists, fronts, months, pages };
}

/** A variant (Darija beside Arabic) is not listed next to the text in the language itself. */
function isShownBetter(text: PublishedText, home: LanguageTag, byPiece: Moment["byPiece"]): boolean {
  if (text.language === home) return false;
  return byPiece.get(text.pieceId)?.some(({ language }) => language === home) ?? false;
}

function subjectsOf(text: PublishedText, bylines: Moment["bylines"]): ListSubject[] {
  const subjects: ListSubject[] = text.tags.map((slug) => ({ of: "tag", slug }));
  if (text.section !== null) subjects.push({ of: "section", slug: text.section });
  for (const id of text.bylines) {
    const slug = bylines.get(id)?.slug;
    if (slug !== undefined) subjects.push({ of: "byline", slug, id });
  }
  const month = monthOf(text);
  if (month !== undefined) subjects.push({ of: "month", ...month });
  return subjects;
}

/** As in its path; a page has none. */
function monthOf({ kind, path }: PublishedText): Month | undefined {
  const [, , year, month] = path.split("/");
  return kind === "page" || year === undefined || month === undefined ? undefined : { year, month };
}

function addTo(map: Map<string, PublishedText[]>, key: string, text: PublishedText): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [text]);
  else known.push(text);
}
