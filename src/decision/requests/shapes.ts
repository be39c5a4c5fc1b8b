/** What was asked for, as shapes that many requests share: kinds of pages, the names of a query's parameters, referring hosts. */
import { cut } from "../../base/cut.ts";
import type { ValueOf } from "./trait-values.ts";

/** A kind of what is asked for. */
export type Place = ValueOf<"place">;

export const pathCharactersMax = 100;
/** Of a query, looked at and told. Each costs a little, and sixteen kilobytes of `&` are as many. */
const parametersMax = { looked: 32, told: 8 } as const;
/** Of a parameter's name, a host and what it stands in: beyond it they are cut. */
const nameCharactersMax = 24;
const hostCharactersMax = 80;
const referrerCharactersMax = 300;

/** By the addresses that our own pages have, and those that feeds and lists have elsewhere. First match wins. */
const pagePatterns: readonly (readonly [RegExp, Place])[] = [
  [/^\/(?:[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?\/?)?$/, "front"],
  [/\/(?:feed|rss|atom)(?:\.(?:xml|json))?\/?$|\.(?:rss|atom)$/, "feed"],
  [/\/text\/?$/, "text"],
  [
    /\/(?:section|tag|by|category|author)\/[^/]+\/?$|\/\d{4}(?:\/\d{2})?\/?$|\/search\/?$|\/sitemap[^/]*\.xml$/,
    "list",
  ],
];

/** A part of a page, by the name that its file has with nearly all software. */
export function isPartName(path: string): boolean {
  return /\.(?:css|m?js|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf)$/i.test(path);
}

export function pageAt(path: string): Place {
  return pagePatterns.find(([pattern]) => pattern.test(path))?.[1] ?? "page";
}

/** What sites and mail programs add to addresses that are shared: it picks no page. */
const tracking =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid?|si|mc_[ce]id|mkt_tok|srsltid|_hs(?:enc|mi)|_ga|_gl|ref|ref_src|ref_url)$/i;

/**
 * `none`, `tracking`, or the names of its parameters, sorted, digits as `0`: `?q`, `?page0&z`. At most 8 names of 24 characters; what
 * stands alone is a value without a name, as in `?4711` against caches: `?`.
 */
export function queryShape(query: string | undefined): string {
  if (query === undefined || query === "") return "none";
  const names = new Set<string>();
  let others = false;
  for (const name of query.split("&", parametersMax.looked).map(nameOf)) {
    if (tracking.test(name)) continue;
    if (names.size === parametersMax.told) others = true;
    else names.add(cut(name, nameCharactersMax).replace(/\d+/g, "0"));
  }
  if (names.size === 0) return "tracking";
  return `?${[...names].sort().join("&")}${others ? "&…" : ""}`;
}

/** What of a query could pick another answer: each reader who follows a shared link comes with a number of their own. */
export function pickingPart(query: string): string {
  if (query === "") return "";
  const parameters = query.split("&", parametersMax.looked);
  if (parameters.length === parametersMax.looked) return query;
  return parameters.filter((parameter) => !tracking.test(nameOf(parameter))).join("&");
}

function nameOf(parameter: string): string {
  return parameter.slice(0, Math.max(0, parameter.indexOf("=")));
}

/** `none`, `self` where the referrer is the host that is asked, or the referring host. `other` where it is no address. */
export function referrerHost(referrer: string, host: string): string {
  if (referrer === "") return "none";
  const start = cut(referrer, referrerCharactersMax);
  const found = /^[a-z][a-z-]{1,14}:\/\/([^/?#\s@]+)(?:[/?#]|$)/i.exec(start)?.[1]?.toLowerCase();
  if (found === undefined) return "other";
  return found === host.toLowerCase() ? "self" : cut(found, hostCharactersMax);
}

/** Whether a Host header names a machine by its address: readers come by name. */
export function isBareAddress(host: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{0,5})?$/i.test(host);
}

const methods = new Set(["GET", "HEAD", "POST"]);

export function methodShape(method: string): string {
  return methods.has(method) ? method : "other";
}
