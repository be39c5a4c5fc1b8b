/**
 * Traps for crawlers: calendars, filters and counters that make ever new addresses. Addresses that differ only in numbers and in the
 * values of their parameters have one form; of each form so many are loaded at most.
 */
import { partsOf, type OriginAddress } from "../client/protected-site.ts";

export interface CrawlBounds {
  /** Links from the front page, or from what a sitemap names. */
  readonly hopsMax: number;
  /** Addresses of one form. A site whose articles are numbered names them in a sitemap, which doesn't count here. */
  readonly ofOneFormMax: number;
  /** The same with parameters: filters multiply. */
  readonly ofOneQueryFormMax: number;
  readonly segmentsMax: number;
}

export const crawlBounds: CrawlBounds = {
  hopsMax: 12,
  ofOneFormMax: 1_000,
  ofOneQueryFormMax: 50,
  segmentsMax: 16,
};

/** `/calendar/#/#?day&month`. */
export function formOf(address: OriginAddress): string {
  const { path, query } = partsOf(address);
  const form = path
    .split("/")
    .map((segment) => (/^\d+$/.test(segment) ? "#" : segment))
    .join("/");
  if (query === undefined) return path === form ? "" : form;
  const names = query.split("&").map((parameter) => parameter.replace(/=.*$/s, ""));
  return `${form}?${[...new Set(names)].sort().join("&")}`;
}

/** `/a/b/a/b/a/b`: a relative link that is wrong on every page. */
export function isRunaway(address: OriginAddress, { segmentsMax }: CrawlBounds): boolean {
  const segments = partsOf(address).path.split("/").slice(1);
  if (segments.length > segmentsMax) return true;
  return segments.some((segment) => segment !== "" && segments.filter((each) => each === segment).length > 3);
}

/** Infinity for what has a form of its own. */
export function ofFormMax(form: string, bounds: CrawlBounds): number {
  if (form === "") return Number.POSITIVE_INFINITY;
  return form.includes("?") ? bounds.ofOneQueryFormMax : bounds.ofOneFormMax;
}
