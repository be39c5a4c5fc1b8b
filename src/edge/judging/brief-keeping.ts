/**
 * How long browsers, and caches between them and us, may keep an answer that nobody vouches for: they ask again before each use, so that a page
 * that turns out to be false is nowhere but here.
 */

/** Said to some caches alone, each of which would rather heed that (RFC 9213; nginx). */
const targeted = /^((.+-)?cdn-cache-control|surrogate-control|x-accel-expires)$/;

/** What the origin said of keeping it no longer or for fewer holds; what it said of keeping it longer doesn't. */
export function keepBriefly(headers: Headers): void {
  const said = (headers.get("cache-control") ?? "").split(",").map((directive) => directive.trim());
  const says = (name: RegExp): boolean => said.some((directive) => name.test(directive));
  const kept = [
    ...(says(/^private\b/i) ? ["private"] : []),
    says(/^no-store\b/i) ? "no-store" : "no-cache",
    ...(says(/^no-transform\b/i) ? ["no-transform"] : []),
  ];
  for (const name of Array.from(headers.keys())) if (targeted.test(name)) headers.delete(name);
  headers.delete("expires");
  headers.set("cache-control", kept.join(", "));
}
