/** One document beside its baseline, or beside the site's templates where nobody has seen its address before. Pure and bounded: a fraction of a millisecond for most pages. */
import type { DocumentKind, Facts } from "../facts.ts";
import type { Verdict } from "../verdict.ts";
import { withoutEcho } from "./echo.ts";
import { lookAtAdditions } from "./look-at-additions.ts";
import { lookAtAnswer } from "./look-at-answer.ts";
import { lookAtCode } from "./look-at-code.ts";
import { lookAtContacts } from "./look-at-contacts.ts";
import { lookAtLanguage } from "./look-at-language.ts";
import { lookAtLinks } from "./look-at-links.ts";
import { lookAtReferences } from "./look-at-references.ts";
import { lookAtRepetition } from "./look-at-repetition.ts";
import { lookAtTemplate } from "./look-at-template.ts";
import { lookAtTitle } from "./look-at-title.ts";
import { lookAtWhole } from "./look-at-whole.ts";
import type { Judged, Look } from "./sign.ts";
import { weigh } from "./weigh.ts";

export { judgeAsset } from "./judge-asset.ts";
export type { Judged } from "./sign.ts";
export { isOfOnePage, signatureOf } from "./signature.ts";

/** What readers read, or browsers run as a page. */
const documents: ReadonlySet<DocumentKind> = new Set(["html", "xml", "svg", "text"]);

const looks: readonly Look[] = [
  lookAtReferences,
  lookAtContacts,
  lookAtLinks,
  lookAtCode,
  lookAtTitle,
  lookAtLanguage,
  lookAtTemplate,
  lookAtWhole,
  lookAtRepetition,
  lookAtAdditions,
];

export function judge(facts: Facts, by: Judged): Verdict {
  const page = isItsAnswer(facts, by) ? by.page : undefined;
  const said = page === undefined ? withoutEcho(facts, by.address) : facts;
  const contents = looksFor(facts, page !== undefined).flatMap((look) => look(said, { ...by, page }));
  return weigh([...lookAtAnswer(facts, by), ...contents], by.working);
}

/** An error in place of a page is judged as what it is: beside other errors. */
function isItsAnswer({ status }: Facts, { page }: Judged): boolean {
  return page !== undefined && (page.status === status || (page.status < 300 && status < 300));
}

/** Browsers show nothing of what redirects; data that is nobody's page says nothing to readers. */
function looksFor({ location, kind }: Facts, isKnown: boolean): readonly Look[] {
  if (location !== "" || (!isKnown && !documents.has(kind))) return [];
  return looks;
}
