/** Every address that the sites have at one moment, with what stands there. */
import { fileName } from "../media/picture.ts";
import type { Address } from "../edition/target.ts";
import { type SiteName, siteNames } from "../pieces/piece.ts";
import { assetAddress, assets } from "../web/assets.ts";
import type { SiteFacts } from "./facts.ts";
import { homeOf, type Moment } from "./moment.ts";
import { numberedPages } from "./pagination.ts";
import {
  archivePath,
  errorCodes,
  errorPath,
  feedPath,
  frontPath,
  frontTextPath,
  listPath,
  maintenancePath,
  picturePath,
  type Place,
  placeKey,
  sitemapPath,
  textFormPath,
} from "./place.ts";

/** The part of the sitemap that holds fronts, lists and pages; the others are months. */
export const pagesPart = "pages";

export interface Placed {
  readonly address: Address;
  readonly place: Place;
}

/** By `placeKey`. What comes first keeps its address: the site's own pages, then texts, then what leads to them. */
export function placesOf(moment: Moment): Map<string, Placed> {
  const places = new Map<string, Placed>();
  const put: Put = (site, path, place, query = "") => {
    const key = placeKey(site, path, query);
    if (places.has(key)) return;
    places.set(key, { address: query === "" ? { site, path } : { site, path, query }, place });
  };
  for (const site of siteNames) {
    const facts = moment.sites.get(site);
    if (facts !== undefined) putFixed((path, place) => put(site, path, place), facts);
  }
  putTexts(put, moment);
  putPictures(put, moment);
  putLists(put, moment);
  for (const { site, path, query, to } of moment.published.redirects) {
    put(site, path, { kind: "redirect", to }, query);
  }
  putGone(put, moment);
  return places;
}

type Put = (site: SiteName, path: string, place: Place, query?: string) => void;

function putFixed(
  put: (path: string, place: Place) => void,
  { site, languages, defaultLanguage }: SiteFacts,
): void {
  put("/", { kind: "front", language: defaultLanguage });
  for (const language of [null, ...languages]) {
    put(feedPath("rss", language), { kind: "feed", format: "rss", language });
    put(feedPath("json", language), { kind: "feed", format: "json", language });
  }
  for (const language of languages) {
    put(frontPath(language), { kind: "front", language });
    put(frontTextPath(language), { kind: "front text", language });
    put(archivePath(language), { kind: "archive", language });
  }
  put("/sitemap.xml", { kind: "sitemap index" });
  put(sitemapPath(pagesPart), { kind: "sitemap", part: pagesPart });
  put("/robots.txt", { kind: "robots" });
  for (const asset of assets) put(assetAddress(asset), { kind: "asset", name: asset.name });
  if (site === "portal") putErrors(put, languages);
}

/** One set for all sites: what an edge shows for its own answers. */
function putErrors(put: (path: string, place: Place) => void, languages: SiteFacts["languages"]): void {
  for (const language of languages) {
    for (const code of errorCodes) put(errorPath(code, language), { kind: "error", code, language });
    put(maintenancePath(language), { kind: "maintenance", language });
  }
}

function putTexts(put: Put, { published }: Moment): void {
  for (const { id, site, path } of published.texts) {
    put(site, path, { kind: "text", id });
    put(site, textFormPath(path), { kind: "text form", id });
  }
}

/** On every site whose texts show them: links stay inside a site. */
function putPictures(put: Put, { published, pictures }: Moment): void {
  for (const { site, pictures: shown } of published.texts) {
    for (const { id, variants } of shown.flatMap((each) => pictures.get(each) ?? [])) {
      for (const variant of variants) {
        const file = fileName(id, variant);
        put(site, picturePath(file), { kind: "picture", id, file });
      }
    }
  }
}

function putLists(put: Put, { lists, months }: Moment): void {
  for (const { site, language, subject, texts } of lists.values()) {
    put(site, listPath(language, subject), { kind: "list", subject, language, page: null });
    for (let page = numberedPages(texts.length); page >= 1; page -= 1) {
      put(site, listPath(language, subject, page), { kind: "list", subject, language, page });
    }
  }
  for (const key of months.keys()) {
    const [site, part = ""] = key.split("/");
    put(site as SiteName, sitemapPath(part), { kind: "sitemap", part });
  }
}

/** Every address that ever led to a withdrawn text. */
function putGone(put: Put, { published, sites }: Moment): void {
  for (const { site, path, query, textId: id, language, isOwn } of published.gone) {
    const facts = sites.get(site);
    if (facts === undefined) continue;
    const place = { kind: "gone", id, language: homeOf(language, facts) } as const;
    put(site, path, place, query);
    if (isOwn) put(site, textFormPath(path), place);
  }
}
