/** Which language somebody gets the studio in: what they chose here, what their browser asks for, what the site speaks. */
import { interfaceLanguages, type InterfaceLanguage, interfaceOf, isLanguageTag } from "../language/tags.ts";
import type { Person } from "../web/route.ts";
import { cookieOf } from "./cookies.ts";
import type { Membership } from "./membership.ts";

export function languageAt(
  { people, config }: Pick<Membership, "people" | "config">,
  request: Request,
  origin: string | undefined,
  person: Person | undefined,
): InterfaceLanguage {
  const chosen = origin === undefined ? undefined : cookieOf(request, origin, "language");
  return (
    (person && people.languageOf(person.id)) ??
    interfaceLanguages.find((language) => language === chosen) ??
    preferred(request.headers.get("accept-language") ?? "") ??
    ownLanguage(config)
  );
}

function ownLanguage({ site }: Membership["config"]): InterfaceLanguage {
  return isLanguageTag(site.default_language) ? interfaceOf(site.default_language) : "ar";
}

/** More than any browser sends. */
const rangesMax = 16;

/** Of `Accept-Language` (RFC 9110, section 12.5.4): the first of ours by weight, with `ary` read as `ar`. */
function preferred(header: string): InterfaceLanguage | undefined {
  const ranges = header.split(",", rangesMax).map((range) => {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const weight = parameters.map((each) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1]).find(Boolean);
    return { language: tag.split("-")[0]?.replace(/^ary$/, "ar"), weight: Number(weight ?? 1) };
  });
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight);
  return wanted
    .map(({ language }) => interfaceLanguages.find((each) => each === language))
    .find((language) => language !== undefined);
}
