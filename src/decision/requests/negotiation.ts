/** What a client says it can read (RFC 9110, sections 12.5.1 and 12.5.3), as a few classes. */
import type { ValueOf } from "./trait-values.ts";

/** `feed` comes before `page`: feed readers often take pages too, browsers name no feed. */
export function acceptClass(accept: string): ValueOf<"accept"> {
  if (accept === "") return "none";
  if (/(?:rss|atom|feed)\+(?:xml|json)|\/rdf\+xml/i.test(accept)) return "feed";
  if (/text\/html|application\/xhtml/i.test(accept)) return "page";
  if (/^\s*(?:image|font|audio|video)\/|text\/css|javascript/i.test(accept)) return "part";
  return /^\s*\*(?:\/\*)?\s*(?:[,;]|$)/.test(accept) ? "any" : "other";
}

export function encodingClass(acceptEncoding: string): ValueOf<"encoding"> {
  if (acceptEncoding === "") return "none";
  const codings = acceptEncoding.toLowerCase();
  if (/\b(?:br|zstd)\b/.test(codings)) return "modern";
  if (/\b(?:gzip|deflate)\b/.test(codings)) return "gzip";
  return /\bidentity\b/.test(codings) ? "identity" : "other";
}
