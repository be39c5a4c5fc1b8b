/**
 * One consistent moment of everything public, by key (facts.ts). It is read in one go when it is made; values and versions are
 * worked out when somebody asks, and a body is fetched only when a page needs it. Versions of texts are kept from one moment to
 * the next.
 */
import type { Database } from "bun:sqlite";
import { sha256 } from "../base/bytes.ts";
import type { Address } from "../edition/target.ts";
import type { LanguageTag } from "../language/tags.ts";
import { fileName, type Variant } from "../media/picture.ts";
import type { Verification } from "../material/material.ts";
import { typeset } from "../language/typography.ts";
import { picturesOnlyIn, type PublishedText, readBody } from "../pieces/published.ts";
import type { Source } from "../publishing/rendering.ts";
import { pagesPart, type Placed, placesOf } from "./addresses.ts";
import {
  addressesKey,
  type Front,
  type Menu,
  type Month,
  type SitemapPart,
  type Summary,
  type WholeText,
} from "./facts.ts";
import { arrangeBlog, arrangeFront, type Finding } from "./front.ts";
import { type Moment, readMoment, type SiteConfig } from "./moment.ts";
import { listPage } from "./pagination.ts";
import { archivePath, frontPath, listPath } from "./place.ts";

/** Texts in a feed. */
const feedLength = 15;

/** Pages at the foot of every page. An imported site may have hundreds; the archive lists them all. */
const footerPages = 8;

/** Each call of what it returns gives the present moment. `readPicture` gives a file of a picture by its name (`01J…-480.webp`), undefined where it is lost. */
export function createSources(
  database: Database,
  config: SiteConfig,
  readPicture: ReadPicture,
): () => Source {
  const known: KnownVersions = new WeakMap();
  let before: Moment | undefined;
  return () => {
    const moment = readMoment(database, config, before);
    before = moment;
    return sourceAt(moment, { database, readPicture }, known);
  };
}

type ReadPicture = (file: string) => Uint8Array | undefined;

/** What is read only when somebody asks for it. */
interface Stores {
  readonly database: Database;
  readonly readPicture: ReadPicture;
}

function sourceAt(moment: Moment, stores: Stores, known: KnownVersions): Source {
  const places = placesOf(moment);
  const makers = makersOf(stores, moment, places);
  const value = (key: string): unknown => makers[prefixOf(key)]?.(restOf(key));
  const version = (key: string): string => {
    const prefix = prefixOf(key);
    if (prefix === "place") return versionOf(places.get(key)?.place);
    if (prefix === "picture-file") return pictureVariant(restOf(key), moment)?.sha256 ?? "";
    const text = prefix === "text" || prefix === "summary" ? moment.texts.get(restOf(key)) : undefined;
    return text === undefined
      ? versionOf(value(key))
      : textVersions(text, moment, known)[prefix === "text" ? "whole" : "summary"];
  };
  return { value, version };
}

interface TextVersions {
  /** Whatever they depend on beside the text itself. */
  readonly surroundings: string;
  readonly summary: string;
  readonly whole: string;
}

/** They go when the text is another object. */
type KnownVersions = WeakMap<PublishedText, TextVersions>;

function textVersions(text: PublishedText, moment: Moment, known: KnownVersions): TextVersions {
  const states = verificationOf(text, moment);
  const translations = translationsOf(text, moment);
  const surroundings =
    states.length + translations.length === 0 ? "" : JSON.stringify([states, translations]);
  const kept = known.get(text);
  if (kept?.surroundings === surroundings) return kept;
  const summary = versionOf(summaryOf(text, moment));
  const whole = versionOf([summary, beyondSummary(text, moment)]);
  const versions = { surroundings, summary, whole };
  known.set(text, versions);
  return versions;
}

/** The value that belongs to what follows a key's prefix. */
type Maker = (rest: string) => unknown;
type Makers = Readonly<Record<string, Maker>>;

function makersOf(stores: Stores, moment: Moment, places: ReadonlyMap<string, Placed>): Makers {
  const { database } = stores;
  const { published, sites, material, bylines, pictures, lists, fronts, months } = moment;
  const names = (all: readonly { site: string; slug: string; names: unknown }[]): Maker => {
    const bySlug = new Map(all.map((each) => [`${each.site}/${each.slug}`, each.names]));
    return (rest) => bySlug.get(rest);
  };
  return {
    [addressesKey]: (): Address[] => Array.from(places.values(), ({ address }) => address),
    place: (rest) => places.get(`place:${rest}`)?.place,
    site: (rest) => sites.get(rest),
    summary: (rest) => mapped(moment.texts.get(rest), (text) => summaryOf(text, moment)),
    text: (rest) => mapped(moment.texts.get(rest), (text) => wholeText(text, moment, database)),
    material: (rest) => material.get(rest),
    byline: (rest) => bylines.get(rest),
    picture: (rest) => pictures.get(rest),
    "picture-file": (rest) =>
      mapped(pictureVariant(rest, moment), (variant) => pictureData(rest, variant, stores)),
    "pictures-only-in": (rest) => picturesOnlyIn(database, rest),
    section: names(published.sections),
    tag: names(published.tags),
    menu: (rest) => menuOf(rest, moment),
    pages: (rest) => pagesOf(rest, moment),
    front: (rest) => frontOf(rest, moment),
    months: (rest) => monthsOf(rest, moment),
    list: (rest) => {
      const [key = "", page] = rest.split("#");
      const ids = lists.get(key)?.texts.map(({ id }) => id);
      return ids === undefined ? undefined : listPage(ids, page === undefined ? null : Number(page));
    },
    feed: (rest) =>
      rest.endsWith("/") ? newestOf(rest, fronts) : idsOf(fronts.get(rest)).slice(0, feedLength),
    sitemaps: (rest) => [pagesPart, ...partsOf(rest, months)],
    sitemap: (rest) =>
      rest.endsWith(`/${pagesPart}`)
        ? pagesSitemap(rest.slice(0, -pagesPart.length - 1), moment)
        : { paths: [], texts: idsOf(months.get(rest)) },
  };
}

function pictureVariant(file: string, { pictures }: Moment): Variant | undefined {
  const picture = pictures.get(file.slice(0, file.indexOf("-")));
  return picture?.variants.find((variant) => fileName(picture.id, variant) === file);
}

/** What lies on the disk is signed only where it is what was cleaned. */
function pictureData(file: string, variant: Variant, { readPicture }: Stores): Uint8Array {
  const data = readPicture(file);
  if (data === undefined) throw new Error(`the picture ${file} is lost`);
  if (sha256(data) !== variant.sha256) throw new Error(`the picture ${file} isn't what was taken in`);
  return data;
}

/** 64 bits tell versions of one key apart; nothing is verified by them. */
function versionOf(value: unknown): string {
  return value === undefined ? "" : Bun.hash(JSON.stringify(value)).toString(36);
}

function prefixOf(key: string): string {
  const end = key.indexOf(":");
  return end === -1 ? key : key.slice(0, end);
}

function restOf(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

function mapped<T, U>(value: T | undefined, map: (value: T) => U): U | undefined {
  return value === undefined ? undefined : map(value);
}

function idsOf(texts: readonly PublishedText[] | undefined): string[] {
  return (texts ?? []).map(({ id }) => id);
}

function summaryOf(text: PublishedText, moment: Moment): Summary {
  const { id, site, kind, language, path, publishedAt, revisedAt, section, bylines } = text;
  return {
    id,
    site,
    kind,
    language,
    path,
    title: typeset(text.title, language),
    standfirst: typeset(text.standfirst, language),
    publishedAt,
    revisedAt,
    section,
    bylines,
    verification: verificationOf(text, moment),
  };
}

/** Each state once. */
function verificationOf(text: PublishedText, { material }: Moment): Verification[] {
  if (text.material.length === 0) return [];
  return [...new Set(text.material.flatMap((each) => material.get(each)?.state ?? []))];
}

/** What a whole text has beyond its summary, less the body: its revision stands for it, since revisions never change. */
function beyondSummary(text: PublishedText, moment: Moment): Omit<WholeText, "body" | keyof Summary> {
  const { revision, tags, corrections } = text;
  return { revision, tags, corrections, translations: translationsOf(text, moment) };
}

function wholeText(text: PublishedText, moment: Moment, database: Database): WholeText | undefined {
  const body = readBody(database, text.revision);
  return body && { ...summaryOf(text, moment), ...beyondSummary(text, moment), body };
}

/** In the order of the menu's languages, then by tag. */
function translationsOf(text: PublishedText, { byPiece, sites }: Moment): string[] {
  const siblings = byPiece.get(text.pieceId) ?? [];
  if (siblings.length < 2) return [];
  const order = sites.get(text.site)?.languages ?? [];
  const rank = (language: LanguageTag): number =>
    (order.indexOf(language) + order.length) % (order.length + 1);
  return siblings
    .filter(({ id }) => id !== text.id)
    .toSorted(
      (left, right) =>
        rank(left.language) - rank(right.language) || (left.language < right.language ? -1 : 1),
    )
    .map(({ id }) => id);
}

/** Oldest first, so that a new page doesn't move the others. */
function pagesOf(home: string, { pages }: Moment): string[] {
  return idsOf(pages.get(home)).reverse();
}

function menuOf(home: string, moment: Moment): Menu {
  const { published, lists } = moment;
  const site = home.split("/")[0];
  return {
    sections: published.sections
      .filter((section) => section.site === site && lists.has(`${home}/section/${section.slug}`))
      .map(({ slug, names }) => ({ slug, names })),
    pages: pagesOf(home, moment).slice(0, footerPages),
  };
}

function frontOf(home: string, moment: Moment): Front {
  const texts = moment.fronts.get(home) ?? [];
  if (home.startsWith("blog/")) return arrangeBlog(texts);
  const sections = menuOf(home, moment).sections.map(({ slug }) => slug);
  return arrangeFront(texts, sections, findingsIn(texts, moment));
}

/** Conclusions about material, each with the newest text that shows it. */
function findingsIn(texts: readonly PublishedText[], { material }: Moment): Finding[] {
  const found = new Map<string, Finding>();
  for (const text of texts) {
    for (const id of text.material) {
      const each = material.get(id);
      const last = each?.findings.at(-1);
      if (last === undefined || last.state === "in progress" || found.has(id)) continue;
      found.set(id, { text: text.id, material: id, at: last.at });
    }
  }
  return [...found.values()];
}

/** Newest first. */
function monthsOf(home: string, { lists }: Moment): Month[] {
  const found: Month[] = [];
  for (const { site, language, subject } of lists.values()) {
    if (subject.of === "month" && `${site}/${language}` === home) {
      found.push({ year: subject.year, month: subject.month });
    }
  }
  return found.toSorted((left, right) =>
    `${left.year}${left.month}` < `${right.year}${right.month}` ? 1 : -1,
  );
}

/** Of all languages; `site` ends with "/". */
function newestOf(site: string, fronts: Moment["fronts"]): string[] {
  const newest: PublishedText[] = [];
  for (const [home, texts] of fronts) if (home.startsWith(site)) newest.push(...texts.slice(0, feedLength));
  const later = (left: PublishedText, right: PublishedText): number =>
    left.publishedAt < right.publishedAt || (left.publishedAt === right.publishedAt && left.id < right.id)
      ? 1
      : -1;
  return idsOf(newest.toSorted(later).slice(0, feedLength));
}

/** Newest month first. */
function partsOf(site: string, months: Moment["months"]): string[] {
  return [...months.keys()]
    .filter((key) => key.startsWith(`${site}/`))
    .map((key) => key.slice(site.length + 1))
    .toSorted()
    .toReversed();
}

/** Fronts, archives, sections and pages: what changes seldom. */
function pagesSitemap(site: string, { sites, lists, pages }: Moment): SitemapPart {
  const languages = sites.get(site)?.languages ?? [];
  const sections = [...lists.values()].filter((list) => list.site === site && list.subject.of === "section");
  return {
    paths: [
      ...languages.flatMap((language) => [frontPath(language), archivePath(language)]),
      ...sections.map(({ language, subject }) => listPath(language, subject)).toSorted(),
    ],
    texts: languages.flatMap((language) => idsOf(pages.get(`${site}/${language}`))),
  };
}
