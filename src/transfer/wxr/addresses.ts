/** Where readers found an item on the old site: every address that WordPress gives it, without the host. */
import type { WxrItem } from "./parts.ts";

export interface OldAddress {
  readonly path: string;
  readonly query: string;
}

/**
 * `/2010/10/05/slug/` with and without its slash, `/?p=358`, and the address that the guid once was, unless it is another
 * item's by now (`isOther`).
 */
export function oldAddressesOf(
  item: WxrItem,
  base: string,
  isOther: (href: string) => boolean,
): OldAddress[] {
  const home = new URL(`${base}/`);
  const found = [item.link, ...(isOther(item.guid) ? [] : [item.guid])].flatMap((address) => {
    const url = URL.parse(address);
    return url !== null && sameHost(url, home) && url.search === "" ? [url] : [];
  });
  const all = [...found.flatMap(variants), ...numbersOf(item, home)];
  return [...new Map(all.map((address) => [`${address.path}?${address.query}`, address])).values()];
}

/** What WordPress keeps below its home page (`feed`, `category/port`), with and without a slash. */
export function oldListAddresses(path: string, base: string): OldAddress[] {
  return variants(new URL(`${base}/${path}`));
}

/** The old front page is the new front page, whatever a careless guid says. */
function variants(url: URL): OldAddress[] {
  const path = url.pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  return path === "" ? [] : [`${path}/`, path].map((variant) => ({ path: variant, query: "" }));
}

function numbersOf({ id, type }: WxrItem, home: URL): OldAddress[] {
  if (id === undefined) return [];
  const names = type === "page" ? ["page_id", "p"] : ["p"];
  return names.map((name) => ({ path: home.pathname, query: `${name}=${id}` }));
}

function sameHost(left: URL, right: URL): boolean {
  const bare = (url: URL): string => url.host.replace(/^www\./, "");
  return bare(left) === bare(right);
}
