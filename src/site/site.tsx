/** @jsxImportSource hono/jsx */
/** The public site as a renderer: which page stands at an address, made from nothing but what it reads. */
import { utf8 } from "../base/bytes.ts";
import type { Address } from "../edition/target.ts";
import { fileName } from "../media/picture.ts";
import { type SiteName, siteNames } from "../pieces/piece.ts";
import type { Page, Read, Renderer, Source } from "../publishing/rendering.ts";
import { assets } from "../web/assets.ts";
import { htmlOf } from "../web/document.tsx";
import { addressesKey, Facts } from "./facts.ts";
import { feedTypes, jsonFeed, rssFeed } from "./feed.tsx";
import { deskFor } from "./frame.tsx";
import { homeOf } from "./moment.ts";
import { ErrorPage, MaintenancePage } from "./page-error.tsx";
import { FrontPage } from "./page-front.tsx";
import { ArchivePage, ListedPage } from "./page-list.tsx";
import { StoryPage } from "./page-story.tsx";
import { FrontTextForm, StoryTextForm } from "./page-text.tsx";
import { type Place, placeKey, type PlaceOf } from "./place.ts";
import { robots, sitemapIndex, sitemapPart, xmlType } from "./sitemap.ts";
import { templatesVersion } from "./version.ts";

const htmlType = "text/html; charset=utf-8";

export function createSite(): Renderer {
  return {
    version: templatesVersion(),
    addresses: (source) => source.value(addressesKey) as Address[],
    render({ site, path, query }, read) {
      const name = siteNamed(site);
      const place = new Facts(read, name).place(path, query);
      return place === undefined ? notFound(name, read) : pageAt(place, name, read);
    },
    withdrawalKeys,
  };
}

/** Works before and after the text is marked as withdrawn. With it go the pictures that no other published text shows. */
function withdrawalKeys({ site, path, query }: Address, source: Source): readonly string[] {
  const place = source.value(placeKey(siteNamed(site), path, query)) as Place | undefined;
  const shows = place?.kind === "text" || place?.kind === "text form" || place?.kind === "gone";
  if (!shows) return [];
  const pictures = source.value(`pictures-only-in:${place.id}`) as readonly string[];
  return [`text:${place.id}`, `summary:${place.id}`, ...pictures.map((id) => `picture:${id}`)];
}

function siteNamed(name: string): SiteName {
  const known = siteNames.find((each) => each === name);
  if (known === undefined) throw new Error(`rendering: there is no site "${name}"`);
  return known;
}

function pageAt(place: Place, site: SiteName, read: Read): Page {
  const facts = new Facts(read, site);
  switch (place.kind) {
    case "front":
      return html(<FrontPage desk={deskFor(site, place.language, read)} />);
    case "front text":
      return html(<FrontTextForm desk={deskFor(site, place.language, read)} />);
    case "text":
    case "text form":
      return textPage(place, site, read);
    case "list":
      return listPage(place, site, read);
    case "archive":
      return html(<ArchivePage desk={deskFor(site, place.language, read)} />);
    case "feed":
      return feedPage(place, site, read);
    case "sitemap index":
      return answer(xmlType, sitemapIndex(facts));
    case "sitemap":
      return answer(xmlType, sitemapPart(facts, place.part));
    case "robots":
      return answer("text/plain; charset=utf-8", robots(facts.site()));
    case "asset":
      return assetPage(place.name);
    case "picture":
      return picturePage(place, facts);
    case "error":
      return html(<ErrorPage desk={deskFor(site, place.language, read)} code={place.code} />, place.code);
    case "maintenance":
      return html(<MaintenancePage desk={deskFor(site, place.language, read)} />, 503);
    case "gone":
      return html(<ErrorPage desk={deskFor(site, place.language, read)} code={410} />, 410);
    case "redirect":
      return { ...answer(htmlType, "", 301), headers: { location: place.to } };
  }
}

function textPage({ kind, id }: PlaceOf<"text" | "text form">, site: SiteName, read: Read): Page {
  const facts = new Facts(read, site);
  const text = facts.text(id);
  if (text === undefined) return notFound(site, read);
  const props = { desk: deskFor(site, homeOf(text.language, facts.site()), read), text };
  const shown = html(kind === "text" ? <StoryPage {...props} /> : <StoryTextForm {...props} />);
  return { ...shown, headers: { "content-language": text.language } };
}

function listPage({ subject, language, page }: PlaceOf<"list">, site: SiteName, read: Read): Page {
  const desk = deskFor(site, language, read);
  const list = desk.facts.list(language, subject, page);
  if (list === undefined) return notFound(site, read);
  return html(<ListedPage desk={desk} subject={subject} page={page} list={list} />);
}

function feedPage({ format, language }: PlaceOf<"feed">, site: SiteName, read: Read): Page {
  const facts = new Facts(read, site);
  const desk = deskFor(site, language ?? facts.site().defaultLanguage, read);
  const feed = { desk, language };
  return answer(feedTypes[format], format === "rss" ? rssFeed(feed) : jsonFeed(feed));
}

/** Its name changes with its contents, so it may be kept for ever. */
function assetPage(name: string): Page {
  const asset = assets.find((each) => each.name === name);
  if (asset === undefined) throw new Error(`rendering: there is no file "${name}"`);
  const headers = { "cache-control": "public, max-age=31536000, immutable" };
  return { area: "pages", status: 200, type: asset.type, headers, body: asset.body };
}

/**
 * Its name never gets other contents. Browsers may keep it; proxies between them and us may not, since it may have to disappear.
 * The picture is read so that whoever withdraws it finds its files.
 */
function picturePage({ id, file }: PlaceOf<"picture">, facts: Facts): Page {
  const picture = facts.picture(id);
  const variant = picture?.variants.find((each) => fileName(id, each) === file);
  const body = facts.pictureFile(file);
  if (variant === undefined || body === undefined) throw new Error(`rendering: there is no picture ${file}`);
  const headers = { "cache-control": "private, max-age=31536000, immutable" };
  return { area: "pages", status: 200, type: variant.type, headers, body };
}

function notFound(site: SiteName, read: Read): Page {
  const { defaultLanguage } = new Facts(read, site).site();
  return html(<ErrorPage desk={deskFor(site, defaultLanguage, read)} code={404} />, 404);
}

function html(page: { toString(): string }, status = 200): Page {
  return answer(htmlType, htmlOf(page), status);
}

function answer(type: string, body: string, status = 200): Page {
  return { area: "pages", status, type, headers: {}, body: utf8(body) };
}
