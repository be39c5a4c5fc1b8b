/** Leaves a 301 at every address that the old site gave away. */
import { encodeSegment } from "../../language/slug.ts";
import type { LanguageTag } from "../../language/tags.ts";
import type { Redirect } from "../../pieces/api.ts";
import { type OldAddress, oldAddressesOf, oldListAddresses } from "./addresses.ts";
import type { Intake } from "./intake.ts";
import type { WxrItem } from "./parts.ts";
import type { Term } from "./placing.ts";

/** To the text, wherever it lives then. */
export function redirectItem(item: WxrItem, textId: string, intake: Intake): void {
  const { survey } = intake;
  const isOther = (href: string): boolean => href !== item.link && survey.isMoving(href);
  redirectAll(oldAddressesOf(item, survey.channel.base, isOther), { text: textId }, intake);
}

/** A category's or tag's list leads to what it became, in the language in which it was first used. */
export function redirectTerm(
  what: "section" | "tag",
  { slug, oldPath }: Term,
  language: LanguageTag,
  intake: Intake,
): void {
  const path = `/${language}/${what}/${encodeSegment(slug)}`;
  redirectAll(oldListAddresses(oldPath, intake.survey.channel.base), { path }, intake);
}

/** Whoever subscribed stays subscribed. */
export function redirectFeed(intake: Intake): void {
  redirectAll(oldListAddresses("feed", intake.survey.channel.base), { path: "/feed.xml" }, intake);
}

/** An address that is taken stays with who has it. */
function redirectAll(
  addresses: readonly OldAddress[],
  to: Redirect["to"],
  { pieces, site, report }: Intake,
): void {
  for (const address of addresses) {
    if (pieces.addRedirect({ site, ...address, to }) === "added") report.count("redirect");
  }
}
