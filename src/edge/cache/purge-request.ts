/**
 * What a `PURGE` asks to be forgotten, as the caching plugins of WordPress, Drupal and others send it: an address, everything below one (`/.*`), or
 * names that the site gave its answers. Pure.
 */
import { canonicalTarget } from "./addresses.ts";
import type { Purge } from "./purge.ts";
import { tagsOf } from "./tags.ts";

/** Under which plugins name tags: as the site itself does, or as caches that they know want it. */
const tagFields = [
  "cache-tag",
  "cache-tags",
  "x-cache-tags",
  "surrogate-key",
  "xkey",
  "xkey-purge",
  "xkey-softpurge",
];
/** The one pattern that they all send, whatever X-Purge-Method says of it; elsewhere it is text like any other. */
const everythingBelow = /(?:\.\*|(?<=\/)\*)$/;

/** Names go before the address. Never empty. */
export function purgesAsked(
  { path, query }: { readonly path: string; readonly query: string | undefined },
  headers: Headers,
): readonly Purge[] {
  const tags = tagsOf(tagFields.flatMap((name) => headers.get(name) ?? []));
  if (tags.length > 0) return tags.map((tag) => ({ kind: "tag", tag }));
  const address = query === undefined ? path : `${path}?${query}`;
  const prefix = address.replace(everythingBelow, "");
  if (prefix === address) return [{ kind: "address", address: canonicalTarget(address) }];
  return [prefix === "/" ? { kind: "all" } : { kind: "below", prefix }];
}
