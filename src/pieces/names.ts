/** Everything in the newsroom that has a name in several languages: sections, tags, bylines; who may change what. */
import type { Names } from "../language/names.ts";
import { languageTags, type LanguageTag } from "../language/tags.ts";
import type { Person, Visit } from "../web/route.ts";
import type { PiecesParts } from "./parts.ts";
import { type SiteName, siteNames } from "./piece.ts";

export const nameKinds = ["sections", "tags", "bylines"] as const;
export type NameKind = (typeof nameKinds)[number];

/** One name. A byline belongs to no site, and `key` is its id; else it is a slug. */
export interface NameAt {
  readonly kind: NameKind;
  readonly site: SiteName | null;
  readonly key: string;
}

export interface NamedThing extends NameAt {
  readonly names: Names;
}

/** Where its page is. */
export function addressOfName({ kind, site, key }: NameAt): string {
  return `/names/${kind}/${site ?? "-"}/${encodeURIComponent(key)}`;
}

/** Of such a page's parameters; undefined where they name nothing. */
export function nameAt({ kind, site, key }: Visit["params"]): NameAt | undefined {
  const found = nameKinds.find((each) => each === kind);
  const at = siteNames.find((each) => each === site) ?? null;
  if (found === undefined || key === undefined || (found === "bylines") !== (at === null)) return undefined;
  return { kind: found, site: at, key };
}

export function findNamed(
  { pieces, people }: PiecesParts,
  { kind, site, key }: NameAt,
): NamedThing | undefined {
  const names =
    kind === "bylines"
      ? people.byline(key)?.names
      : site === null
        ? undefined
        : namesIn(pieces, kind, site, key);
  return names && { kind, site, key, names };
}

function namesIn(
  pieces: PiecesParts["pieces"],
  kind: "sections" | "tags",
  site: SiteName,
  slug: string,
): Names | undefined {
  return pieces[kind](site).find((each) => each.slug === slug)?.names;
}

/** A name changes every page that shows it: of a section in that section, of a tag on its site, of a byline everywhere. */
export function mayRename(person: Person, { kind, site, key }: NameAt): boolean {
  const where = site === null ? "everywhere" : { site, section: kind === "sections" ? key : null };
  return person.may("publish", where);
}

/** A new tag or byline changes nothing yet; a new section is a new part of the menu. */
export function mayAdd(person: Person, { kind, site }: Pick<NameAt, "kind" | "site">): boolean {
  return person.may("publish", kind === "sections" && site !== null ? { site, section: null } : "anywhere");
}

/** Languages to ask for: those of the site's fronts, then those that the thing has a name in. */
export function languagesFor(names: Names, { config }: PiecesParts): LanguageTag[] {
  const others = languageTags.filter((tag) => names[tag] !== undefined);
  return [...new Set([...config.site.languages, ...others])];
}
