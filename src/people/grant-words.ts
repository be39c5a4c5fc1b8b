/** What somebody may do, in words, and the places that a form offers. */
import { type SiteName, siteNames } from "../config/site-names.ts";
import { nameIn } from "../language/names.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Option } from "../web/components.tsx";
import { studioWords } from "../web/words/index.ts";
import type { PeopleParts } from "./parts.ts";
import { mayGive, type RoleAt } from "./permissions.ts";
import { peopleWords } from "./words/index.ts";

type Place = Pick<RoleAt, "site" | "section">;

/** "Editor · Rif (Main site)". */
export function grantInWords(grant: RoleAt, parts: PeopleParts, language: InterfaceLanguage): string {
  return `${studioWords(language).roles[grant.role]} · ${placeInWords(grant, parts, language)}`;
}

function placeInWords(
  { site, section }: Place,
  { pieces }: PeopleParts,
  language: InterfaceLanguage,
): string {
  const { places } = peopleWords(language);
  const name = siteNames.find((each) => each === site);
  if (name === undefined) return places.everywhere;
  const siteName = studioWords(language).sites[name];
  if (section === null) return places.site(siteName);
  const found = pieces.sections(name).find(({ slug }) => slug === section);
  return places.section(found === undefined ? section : nameIn(found.names, language).name, siteName);
}

/** Every place where somebody with these grants may give a role, for a `<select>`. */
export function placeOptions(
  held: readonly RoleAt[],
  parts: PeopleParts,
  language: InterfaceLanguage,
): Option[] {
  const inSite = (site: SiteName): Place[] => [
    { site, section: null },
    ...parts.pieces.sections(site).map(({ slug }) => ({ site, section: slug })),
  ];
  return [{ site: null, section: null }, ...siteNames.flatMap(inSite)]
    .filter((place) => mayGive(held, { role: "contributor", ...place }))
    .map((place) => ({ value: placeValue(place), label: placeInWords(place, parts, language) }));
}

/** "", "portal", "portal/rif": as forms carry it. */
export function placeValue({ site, section }: Place): string {
  return [site, section].filter((part) => part !== null).join("/");
}

export function placeFrom(value: string): Place {
  const [site = "", section = ""] = value.split("/", 2);
  return { site: site === "" ? null : site, section: section === "" ? null : section };
}
