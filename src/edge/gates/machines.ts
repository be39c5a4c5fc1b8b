/** Which requests never meet a page that has to be waited at, because nobody would see it: programs' addresses, and the parts of a page. Pure. */

/** A page, or something that shows as one. */
const shown = new Set(["document", "iframe", "frame", "embed", "object"]);
const programs =
  /^\/\.well-known\/|^\/(?:robots|ads|humans|security)\.txt$|^\/favicon\.ico$|sitemap[^/]*\.(?:xml|txt)(?:\.gz)?$|\/(?:feed|rss|atom)(?:\/|\.xml)?$|\.(?:rss|atom|rdf)$|\/feeds?\/|^\/wp-json\/|^\/xmlrpc\.php$/i;
const feedQuery = /(?:^|&)feed=/;

export interface Asking {
  readonly method: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: Headers;
}

/** Feeds, sitemaps, robots.txt and the like, which programs read and pass on. */
export function isForPrograms({ path, query }: Pick<Asking, "path" | "query">): boolean {
  return programs.test(path) || (query !== undefined && feedQuery.test(query));
}

export function isForMachines({ method, path, query, headers }: Asking): boolean {
  if (method === "OPTIONS" || isForPrograms({ path, query })) return true;
  const destination = headers.get("sec-fetch-dest");
  return destination !== null && !shown.has(destination);
}
