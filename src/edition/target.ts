/**
 * What an edition consists of: targets (TUF 1.0, section 4.5). A target is one address of one site with the answer to it.
 * Its name in the metadata is `{area}/{hex SHA-256 of site, path and query}`, so that TUF's path patterns can delegate
 * areas and hashed bins.
 */
import { type Sha256, sha256 } from "../base/bytes.ts";

/** Who may sign what: each area is a delegated role of its own. `pages` is split into 256 bins by the first byte. */
export const areas = ["pages", "live", "comments", "wire", "status", "origin", "withdrawals"] as const;
export type Area = (typeof areas)[number];

/** An address inside the federation of sites: `site` is "portal" or "blog", `path` starts with "/", `query` has no "?". */
export interface Address {
  readonly site: string;
  readonly path: string;
  readonly query?: string;
}

/** The answer at an address: 200 with a blob, 301 with `headers.location` (an empty blob), 410 with its page. */
export interface Target extends Address {
  readonly area: Area;
  readonly status: number;
  /** The whole Content-Type, for example `text/html; charset=utf-8`. */
  readonly type: string;
  /** Allow-listed response headers, names in lower case; security headers are the edge's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly length: number;
}

/** The only headers that an edition may set. */
export const targetHeaders = ["location", "content-language", "cache-control", "link"] as const;

/** The separator can't occur in a site's name, a path or a query. */
const separator = "\n";

/** `pages/3f…`: the name under which the metadata lists an address. */
export function targetName(area: Area, address: Address): string {
  return `${area}/${sha256([address.site, address.path, address.query ?? ""].join(separator))}`;
}
