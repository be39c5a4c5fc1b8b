/** The sitemap in parts (sitemaps.org, protocol 0.9): one a month, so that a new story changes one of them. And robots.txt. */
import type { Facts, SiteFacts } from "./facts.ts";
import { sitemapPath } from "./place.ts";

export const xmlType = "application/xml; charset=utf-8";

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

export function sitemapIndex(facts: Facts): string {
  const site = facts.site();
  const parts = facts.sitemaps().map((part) => `<sitemap>${location(site, sitemapPath(part))}</sitemap>`);
  return `${head}\n<sitemapindex ${space}>\n${parts.join("\n")}\n</sitemapindex>\n`;
}

export function sitemapPart(facts: Facts, part: string): string {
  const site = facts.site();
  const { paths, texts } = facts.sitemap(part);
  const entries = [
    ...paths.map((path) => `<url>${location(site, path)}</url>`),
    ...facts
      .summaries(texts)
      .map(
        ({ path, publishedAt, revisedAt }) =>
          `<url>${location(site, path)}<lastmod>${revisedAt ?? publishedAt}</lastmod></url>`,
      ),
  ];
  return `${head}\n<urlset ${space}>\n${entries.join("\n")}\n</urlset>\n`;
}

/** Everything may be read by anybody, archives and mirrors among them; what is not a page of ours to find is left out. */
export function robots({ address }: SiteFacts): string {
  const sitemap = address === "" ? "" : `\nSitemap: ${address}/sitemap.xml\n`;
  return `User-agent: *\nDisallow: /_kasbah/\n${sitemap}`;
}

/** A canonical path needs no escaping in XML but for the ampersand and the apostrophe. */
function location({ address }: SiteFacts, path: string): string {
  const safe = (address + path).replace(/&/g, "&amp;").replace(/'/g, "&apos;").replace(/</g, "&lt;");
  return `<loc>${safe}</loc>`;
}
