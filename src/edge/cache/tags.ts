/** Names that an origin gives its answers so that many can be forgotten at once; meant for caches before it, not for readers. */
import type { Fields } from "./stored.ts";

const tagFields = ["cache-tag", "surrogate-key", "xkey"];
/** What surrogates before the origin are told. */
export const cacheFields = [...tagFields, "surrogate-control"];

const tagsMax = 256;
const tagLengthMax = 200;

export function tagsIn(fields: Fields): readonly string[] {
  return tagsOf(fields.filter(([name]) => tagFields.includes(name)).map(([, value]) => value));
}

/** Separated by commas or spaces, as Cloudflare, Fastly and Varnish have them. Of more than 256, the first. */
export function tagsOf(lists: readonly string[]): readonly string[] {
  const tags = lists
    .flatMap((list) => list.split(/[\s,]+/))
    .filter((tag) => tag !== "" && tag.length <= tagLengthMax);
  return [...new Set(tags)].slice(0, tagsMax);
}
