/** Title and headings: whether they still are this page's, and what new ones say. */
import type { Facts } from "../facts.ts";
import { type PageBaseline, pageLimits } from "../learning/page-baseline.ts";
import { plain, titleParts, wordsOf } from "../learning/plain-text.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { hasName, withoutName } from "../learning/titles.ts";
import { claimAlone, claimsIn, hasSlogan, spamIn } from "./claims.ts";
import { isList, keepsEntries } from "./lists.ts";
import type { Look, Sign } from "./sign.ts";

export const lookAtTitle: Look = (facts, by) =>
  by.page === undefined
    ? newPage(facts, by.site)
    : [...changedTitle(facts, by.page, by.site), ...headings(facts, by.page, by.site)];

/** What a new page is called is news; that it is called nothing but a claim is not. */
function newPage(facts: Facts, site: SiteBaseline): readonly Sign[] {
  return [facts.title, ...facts.headings.slice(0, 3)]
    .filter((text) => claimAlone(withoutName(text, site.names)) !== undefined)
    .slice(0, 1)
    .map((value) => ({ family: "words", what: "words", value, grade: "doubt" }));
}

function changedTitle(facts: Facts, page: PageBaseline, site: SiteBaseline): readonly Sign[] {
  const now = plain(facts.title, pageLimits.title);
  const [before = ""] = page.titles;
  if (page.titles.includes(now) || (page.titles.length === 0 && now === "")) return [];
  const sign = { family: "title", what: "title", value: now, before } as const;
  const isItsOwn = page.titles.some((known) => sharesWords(known, now, site));
  const keepsName = hasName(now, site.names) || !page.titles.some((known) => hasName(known, site.names));
  if (isItsOwn && keepsName) return [{ ...sign, grade: "note" }, ...claimingTitle(now, page, site)];
  const isVolatile = page.titles.length > 1;
  const grade = gradeOfNew(now, page, site);
  if (isVolatile && keepsName && grade === "doubt") return [{ ...sign, grade: "note" }];
  return [{ ...sign, grade: isItsOwn && grade !== "alarm" ? "note" : grade }];
}

/** A correction may say so, too: somebody looks at it. */
function claimingTitle(
  said: string,
  { claims, titles }: PageBaseline,
  { names }: SiteBaseline,
): readonly Sign[] {
  const isAlone = (title: string): boolean => claimAlone(withoutName(title, names)) !== undefined;
  const claim = claimsIn(said).find((name) => !claims.has(name) || (isAlone(said) && !titles.some(isAlone)));
  return claim === undefined ? [] : [{ family: "words", what: "title", value: said, grade: "doubt" }];
}

/** A corrected headline has something of the one before it; a front's title is nothing but the site's name. */
function sharesWords(before: string, now: string, { names }: SiteBaseline): boolean {
  const ownPart = withoutName(before, names);
  if (ownPart === "" && withoutName(now, names) === "") return true;
  const old = wordsOf(ownPart === "" ? before : ownPart);
  return [...wordsOf(ownPart === "" ? now : withoutName(now, names))].some((word) => old.has(word));
}

/** Nothing of any title that it had. */
export function hasLostTitle({ title: now }: Facts, { titles }: PageBaseline, site: SiteBaseline): boolean {
  return titles.length > 0 && !titles.some((known) => known === now || sharesWords(known, now, site));
}

/** What stands where something else stood, and has nothing of it. */
function gradeOfNew(text: string, { claims }: PageBaseline, site: SiteBaseline): Sign["grade"] {
  if (claimsIn(text).some((claim) => !claims.has(claim))) return "alarm";
  const parts = [withoutName(text, site.names), ...titleParts(text)];
  if (parts.some((part) => claimAlone(part) !== undefined)) return "alarm";
  if (spamIn(text) > 0 || hasSlogan(text)) return "question";
  return "doubt";
}

/** Where headlines come and go, new ones do; a page whose headings stood still has lost them. */
function headings(facts: Facts, page: PageBaseline, site: SiteBaseline): readonly Sign[] {
  const now = facts.headings.map((heading) => plain(heading, pageLimits.heading));
  const known = new Set(page.headings);
  const fresh = now.filter((heading) => heading !== "" && !known.has(heading));
  const own = new Set(page.headings.flatMap((heading) => [...wordsOf(withoutName(heading, site.names))]));
  const orphans = fresh.filter((heading) => ![...wordsOf(heading)].some((word) => own.has(word)));
  const corrected = fresh.filter(
    (heading) => !orphans.includes(heading) && replacesOne(heading, now, page, site),
  );
  return [
    ...replaced(now, orphans, facts, page, site),
    ...claiming(orphans, page, site),
    ...correctedToClaim(corrected, page, site),
  ];
}

/** One that it shares words with has gone; where that is still there, it is an entry more. */
function replacesOne(
  heading: string,
  now: readonly string[],
  { headings: steady }: PageBaseline,
  site: SiteBaseline,
): boolean {
  return steady.some((known) => !now.includes(known) && sharesWords(known, heading, site));
}

/** None of its headings is left, or not the one that its title names, or not half of a list's; and no new one is like it. */
function replaced(
  now: readonly string[],
  orphans: readonly string[],
  facts: Facts,
  page: PageBaseline,
  site: SiteBaseline,
): readonly Sign[] {
  const lost = page.headings.filter((heading) => !now.includes(heading));
  const main = mainHeading(page, site);
  const hasLostMain =
    main !== undefined && lost.includes(main) && !now.some((one) => sharesWords(main, one, site));
  const said = new Set(now.flatMap((one) => [...wordsOf(withoutName(one, site.names))]));
  const gone = lost.filter(
    (heading) => ![...wordsOf(withoutName(heading, site.names))].some((word) => said.has(word)),
  );
  const hasLostAll = lost.length > 0 && lost.length === page.headings.length && gone.length > 0;
  if (!hasLostMain && !hasLostAll && !hasLostEntries(gone, facts, page, site)) return [];
  const [first = ""] = orphans;
  const sign = { family: "title", what: "headings", value: first, before: main ?? lost[0] ?? "" } as const;
  if (!hasLostMain && isList(page) && !keepsEntries(facts, page, site)) return [{ ...sign, grade: "note" }];
  return [{ ...sign, grade: first === "" ? "doubt" : gradeOfNew(first, page, site) }];
}

const entriesLostLeast = 3;

/** Half of a list's headlines have become others over links that lead where they led. */
function hasLostEntries(
  gone: readonly string[],
  facts: Facts,
  page: PageBaseline,
  site: SiteBaseline,
): boolean {
  const isHalf = gone.length >= entriesLostLeast && gone.length * 2 >= page.headings.length;
  return isHalf && isList(page) && keepsEntries(facts, page, site);
}

/** The headline that an article's title repeats; a front's title names no heading of its own. */
function mainHeading(
  { headings: steady, titles }: PageBaseline,
  { names }: SiteBaseline,
): string | undefined {
  const said = wordsOf(withoutName(titles[0] ?? "", names));
  return steady.find((heading) => {
    const words = [...wordsOf(withoutName(heading, names))];
    return words.length > 0 && words.filter((word) => said.has(word)).length * 2 >= words.length;
  });
}

/** Headings that say nothing but that, where an article's headline would say what happened to whom. */
function claiming(orphans: readonly string[], page: PageBaseline, site: SiteBaseline): readonly Sign[] {
  const claims = orphans.filter((heading) => claimAlone(withoutName(heading, site.names)) !== undefined);
  const [claim] = claims;
  if (claim === undefined) return [];
  const grade = isList(page) && claims.length === 1 ? "doubt" : "alarm";
  return [{ family: "words", what: "headings", value: claim, grade }];
}

/** An article about an attack has its words; that nothing but the claim is left of its headline is for its editors to say. */
function correctedToClaim(
  corrected: readonly string[],
  page: PageBaseline,
  site: SiteBaseline,
): readonly Sign[] {
  if (isList(page)) return [];
  const isAlone = (heading: string): boolean => claimAlone(withoutName(heading, site.names)) !== undefined;
  const isNew = (heading: string): boolean => claimsIn(heading).some((claim) => !page.claims.has(claim));
  return corrected
    .filter((heading) => isAlone(heading) || isNew(heading))
    .slice(0, 1)
    .map((value) => ({
      family: "words",
      what: "headings",
      value,
      grade: isAlone(value) ? "question" : "doubt",
    }));
}
