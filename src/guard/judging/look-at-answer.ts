/** The answer as a whole: its status, its kind, where it redirects to, whether it says that something is broken. */
import type { Facts } from "../facts.ts";
import { hostOf, isCarried, isOwn, shortHash, withoutQuery } from "../learning/references.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { faultIn } from "./faults.ts";
import type { Judged, Look, Sign } from "./sign.ts";
import { templateFor } from "./template-for.ts";

export const lookAtAnswer: Look = (facts, by) => [
  ...limitMet(facts, by),
  ...fault(facts, by),
  ...status(facts, by),
  ...kind(facts, by),
  ...redirect(facts, by),
];

/** Of what lies beyond a limit nothing is known. */
function limitMet({ over }: Facts, { page }: Judged): readonly Sign[] {
  if (over === undefined) return [];
  const grade = page?.over === over ? "doubt" : "question";
  return [{ family: "answer", what: "limit", value: over, grade }];
}

function fault(facts: Facts, { page }: Judged): readonly Sign[] {
  const name = facts.status >= 500 ? (faultIn(facts) ?? "server error") : faultIn(facts);
  if (
    name === undefined ||
    (page !== undefined && page.titles.includes(facts.title) && page.status === facts.status)
  )
    return [];
  return [{ family: "answer", what: "fault", value: name, grade: "fault" }];
}

function status(facts: Facts, by: Judged): readonly Sign[] {
  const { page, address } = by;
  if (page === undefined || page.status === facts.status || facts.status >= 500) return [];
  const sign = {
    family: "answer",
    what: "status",
    value: `${facts.status}`,
    before: `${page.status}`,
  } as const;
  if (facts.status < 300 || page.status >= 300) return [{ ...sign, grade: "note" }];
  if (facts.status < 400) return [];
  if (facts.status !== 404 && facts.status !== 410) return [{ ...sign, grade: "question" }];
  if (address === "/") return [{ ...sign, grade: "question" }];
  return [{ ...sign, grade: templateFor(facts, by.site) === undefined ? "doubt" : "note" }];
}

/** A document that browsers take for something else: text in place of a page, a picture in place of a page. */
function kind(facts: Facts, { page }: Judged): readonly Sign[] {
  if (page === undefined || page.kind === facts.kind || facts.status >= 300 || page.status >= 300) return [];
  return [{ family: "answer", what: "kind", value: facts.kind, before: page.kind, grade: "alarm" }];
}

function redirect(facts: Facts, { page, site, address }: Judged): readonly Sign[] {
  const { location } = facts;
  if (location === "" || page?.locations.has(location) === true) return [];
  const isKnownPage = page !== undefined && page.status < 400;
  const sign = { family: "answer", what: "location", value: location } as const;
  if (!isOwn(location)) {
    const grade = gradeAway(location, isKnownPage, site);
    return grade === undefined ? [] : [{ ...sign, grade }];
  }
  if (!isKnownPage || isKnownAddress(location, site)) return [{ ...sign, grade: "note" }];
  return [{ ...sign, grade: address === "/" ? "question" : "doubt" }];
}

/** A host that pages link to vouches for no redirect: many have addresses that lead on to anywhere. */
function gradeAway(location: string, isKnownPage: boolean, site: SiteBaseline): Sign["grade"] | undefined {
  if (isCarried(location)) return "alarm";
  if (site.locations.has(location)) return isKnownPage ? "question" : undefined;
  if (site.vocabulary["link-hosts"].has(hostOf(location))) return isKnownPage ? "question" : "doubt";
  return isKnownPage ? "alarm" : "question";
}

export function isKnownAddress(reference: string, { addresses }: SiteBaseline): boolean {
  return addresses.has(shortHash(reference)) || addresses.has(shortHash(withoutQuery(reference)));
}
