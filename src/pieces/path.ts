/** Where texts live (docs/decisions/0005): `/{lang}/{yyyy}/{mm}/{slug}`, pages at `/{lang}/{slug}`. */
import { monthOf } from "../language/dates.ts";
import { encodeSegment } from "../language/slug.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { PieceKind } from "./piece.ts";

/** First segments after the language that belong to lists; a page may not be called so. */
const reserved = /^(section|tag|by|archive|search|text|page|feed|\d{1,4})$/;

export interface PathParts {
  readonly kind: PieceKind;
  readonly language: LanguageTag;
  readonly slug: string;
  /** Of first publication, RFC 3339. */
  readonly publishedAt: string;
  readonly timeZone: string;
}

/** Undefined where the slug belongs to something else. */
export function pathOf({ kind, language, slug, publishedAt, timeZone }: PathParts): string | undefined {
  if (kind === "page") return reserved.test(slug) ? undefined : `/${language}/${encodeSegment(slug)}`;
  const { year, month } = monthOf(publishedAt, timeZone);
  return `/${language}/${year}/${month}/${encodeSegment(slug)}`;
}

/**
 * A path from elsewhere (an import's old address) as browsers send it: dots resolved, the rest percent-encoded with upper-case
 * digits. Undefined where it is not a path of a public page.
 */
export function canonicalPath(path: string): string | undefined {
  if (!path.startsWith("/") || path.length > 2_048) return undefined;
  const parsed = URL.parse(`http://site.invalid${path}`);
  if (parsed === null || parsed.host !== "site.invalid" || parsed.search !== "" || parsed.hash !== "")
    return undefined;
  const canonical = parsed.pathname.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
  return canonical.startsWith("//") || canonical.startsWith("/_kasbah") ? undefined : canonical;
}
