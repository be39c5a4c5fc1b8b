/** The page as a whole beside what it was: what is left of its frame and of what it says. */
import type { Facts, Volume } from "../facts.ts";
import { memberKey } from "../learning/known-set.ts";
import { type KnownVolume, type PageBaseline, pageLimits } from "../learning/page-baseline.ts";
import { plain } from "../learning/plain-text.ts";
import { keptOf, keptStructure, keptVolume } from "../learning/resemblance.ts";
import { vocabularyKey } from "../learning/site-baseline.ts";
import { claimsIn, hasSlogan, quoted, soldWordsIn } from "./claims.ts";
import { templateOf } from "./template-for.ts";
import { isList, keepsEntries } from "./lists.ts";
import { hasLostTitle } from "./look-at-title.ts";
import type { Judged, Look, Sign } from "./sign.ts";

/** Shares 0..1; undefined where the page never had any. */
interface Left {
  readonly assets: number | undefined;
  readonly code: number | undefined;
  readonly links: number | undefined;
  readonly structure: number | undefined;
  readonly text: number | undefined;
  readonly headings: number | undefined;
  /** Where they are most of what it shows. */
  readonly images: number | undefined;
}

export const lookAtWhole: Look = (facts, by) => {
  const { page } = by;
  if (page === undefined || page.kind !== facts.kind) return [];
  const left = whatIsLeft(facts, by, page);
  const lost = replaced(facts, page, left);
  if (lost.length > 0) return [...lost, ...words(facts, by, page, left)];
  return isRefilled(facts, by, page, left)
    ? []
    : [...parts(facts, by, page, left), ...words(facts, by, page, left)];
};

function whatIsLeft(facts: Facts, { site }: Judged, page: PageBaseline): Left {
  const refs = (set: "scripts" | "styles"): ReadonlySet<string> =>
    new Set(facts.sets[set].map((member) => vocabularyKey(set, member)));
  const known = (set: "scripts" | "styles"): string[] =>
    [...page.sets[set].always].map((member) => vocabularyKey(set, member));
  const shapes = new Set(facts.inline.map(({ shape }) => shape));
  const links = new Set(facts.sets.links.map((link) => memberKey("links", link)));
  const menu = [...page.sets.links.always].filter((link) => site.menu.has(link));
  const steadyCode = [...page.code].flatMap(([shape, { always }]) => (always ? [shape] : []));
  return {
    assets: meanOf([keptOf(known("scripts"), refs("scripts")), keptOf(known("styles"), refs("styles"))]),
    code: keptOf(steadyCode, shapes),
    links: keptOf(menu.length >= 3 ? menu : page.sets.links.always, links),
    structure: leftOf(page.structure, facts.structure, keptStructure),
    text: leftOf(page.text, facts.text, keptVolume, (templateOf(page, site)?.sharedText ?? 0) / 100),
    headings: keptOf(page.headings, new Set(facts.headings)),
    images: saysLittle(page) ? keptOf(page.sets.images.always, imagesIn(facts)) : undefined,
  };
}

const fewWords = 12;

function saysLittle({ text }: PageBaseline): boolean {
  return text.most < fewWords;
}

function imagesIn({ sets }: Facts): ReadonlySet<string> {
  return new Set(sets.images.map((image) => memberKey("images", image)));
}

/** Percent. Loads that have less of one another's text, a clock's perhaps, have none that could be lost. */
const steadyLeast = 10;

/** What pages of a template share is told apart in longer texts, as long as they don't share nearly all. */
const wordsTold = 150;
const sharedMost = 0.6;

/** Beside what stays of it by itself, and without what any page of that template has. */
function leftOf(known: KnownVolume, now: Volume, keptIn: typeof keptVolume, shared = 0): number | undefined {
  if (known.most === 0 || known.steady < steadyLeast) return undefined;
  const kept = keptIn({ count: known.most, sketch: known.sketch }, now);
  const common = known.most < wordsTold || shared > sharedMost ? 0 : shared;
  const steady = Math.max(0.2 + common, known.steady / 100);
  return Math.max(0, Math.min(1, (kept - common) / (steady - common)));
}

function meanOf(shares: readonly (number | undefined)[]): number | undefined {
  const known = shares.filter((share) => share !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length;
}

const nothingLeft = 0.3;

/** Another page stands there; or the same one in other clothes. */
function replaced(facts: Facts, page: PageBaseline, left: Left): readonly Sign[] {
  const { assets, code, links, structure, text, headings, images } = left;
  const frame = meanOf([assets, code, links, structure, structure]) ?? 1;
  const substance = meanOf([text, text, links, headings, images]) ?? 1;
  const sign = { family: "structure", what: "page", before: page.titles[0] ?? "" } as const;
  if (frame < nothingLeft && substance < nothingLeft) {
    return [{ ...sign, value: beginningOf(facts), grade: "alarm" }];
  }
  if (frame < 0.5 && substance >= 0.5)
    return [{ ...sign, what: "design", value: facts.title, grade: "question" }];
  if (frame < 0.5) return [{ ...sign, value: beginningOf(facts), grade: "question" }];
  return [];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function beginningOf({ title, words: text, bytes }: Facts): string {
  return `${title} ${text}`.trim().slice(0, 200) || `${bytes} B`;
}

const halfLeft = 0.5;
const littleLeft = 0.3;
const nearlyNothing = 0.1;

/** Inside its frame: text, headlines and links that changed more than such a page does. */
function parts(facts: Facts, by: Judged, page: PageBaseline, left: Left): readonly Sign[] {
  // What a list lists comes and goes; how much of it there is doesn't.
  const text = isList(page) ? undefined : left.text;
  const shares = { text, structure: left.structure, links: left.links };
  const doubts = (Object.entries(shares) as [keyof typeof shares, number | undefined][]).flatMap(
    ([part, share]): Sign[] => {
      const value = percent(share ?? 1);
      return (share ?? 1) < halfLeft
        ? [{ family: part, what: part, value, before: percent(1), grade: "doubt" }]
        : [];
    },
  );
  return [...doubts, ...pictures(left), ...volume(facts, page), ...otherContents(facts, by, page, left)];
}

function pictures({ images }: Left): readonly Sign[] {
  if ((images ?? 1) >= halfLeft) return [];
  return [
    { family: "media", what: "images", value: percent(images ?? 1), before: percent(1), grade: "doubt" },
  ];
}

/** Other text under other headings, a title that isn't its own: another page in the same frame. */
function otherContents(facts: Facts, { site }: Judged, page: PageBaseline, left: Left): readonly Sign[] {
  if ((left.text ?? 1) >= littleLeft) return [];
  const isOther =
    ((left.text ?? 1) < nearlyNothing && !saysLittle(page) && !isItself(facts, page, left)) ||
    left.headings === 0 ||
    facts.text.count * 3 < page.text.least ||
    (left.structure ?? 1) < halfLeft ||
    (left.links ?? 1) < halfLeft ||
    hasLostTitle(facts, page, site);
  if (!isOther) return [];
  return [
    {
      family: "text",
      what: "page",
      value: beginningOf(facts),
      before: page.titles[0] ?? "",
      grade: "question",
    },
  ];
}

/**
 * By all but its text. A sketch can't tell an article that was replaced from what stands beside all articles, and is another each day; so that
 * alone takes no page from its readers, and is told.
 */
function isItself({ title }: Facts, page: PageBaseline, { headings, links, structure }: Left): boolean {
  const isKept = [headings, links, structure].every((share) => (share ?? 0) >= halfLeft);
  return isKept && page.titles.includes(plain(title, pageLimits.title));
}

/** A list with other articles in it: as much of everything as before, made as before. A feed of comments grows from none to many. */
function isRefilled(facts: Facts, { site }: Judged, page: PageBaseline, left: Left): boolean {
  const { text, structure, sets } = facts;
  if (page.kind === "xml") return (left.structure ?? 1) >= halfLeft && !keepsEntries(facts, page, site);
  const about = (now: number, least: number, most: number): boolean => now * 2 >= least && now <= most * 2;
  return (
    isList(page) &&
    ((left.text ?? 1) >= halfLeft || !keepsEntries(facts, page, site)) &&
    (left.structure ?? 1) >= 0.6 &&
    (left.assets ?? 1) >= 0.8 &&
    (left.code ?? 1) >= 0.6 &&
    about(text.count, page.text.least, page.text.most) &&
    about(structure.count, page.structure.least, page.structure.most) &&
    about(sets.links.length, page.linksLeast, page.linksMost)
  );
}

/** Far less of it than ever, or far more. */
function volume({ text, structure }: Facts, page: PageBaseline): readonly Sign[] {
  const signs: Sign[] = [];
  const sign = (what: "text" | "structure", now: number, { least, most }: KnownVolume): void => {
    if (now * 3 >= least && now <= most * 5 + 200) return;
    signs.push({
      family: what,
      what,
      value: `${now}`,
      before: least === most ? `${most}` : `${least}–${most}`,
      grade: "doubt",
    });
  };
  sign("text", text.count, page.text);
  sign("structure", structure.count, page.structure);
  return signs;
}

/** Only where text took the place of other text; a list says what the site's articles say, and of other articles other things. */
function words(
  facts: Facts,
  { site }: Judged,
  page: PageBaseline,
  { text: kept, structure }: Left,
): readonly Sign[] {
  const { words: text, title } = facts;
  if ((kept ?? 1) >= halfLeft) return [];
  const fresh = `${title}\n${text}`;
  const isNews = isList(page) && !keepsEntries(facts, page, site) && (structure ?? 1) >= halfLeft;
  const claim = claimsIn(fresh).find(
    (name) => !page.claims.has(name) && !(isList(page) && name in site.claims) && !isNews,
  );
  const sold = soldWordsIn(fresh);
  if (claim !== undefined)
    return [{ family: "words", what: `words ${claim}`, value: quoted(fresh, claim), grade: "doubt" }];
  if (sold.length >= 3)
    return [{ family: "words", what: "words sold", value: sold.join(", "), grade: "doubt" }];
  const isNewTitle = !page.titles.includes(plain(title, pageLimits.title));
  return (kept ?? 1) < nothingLeft && isNewTitle && hasSlogan(title)
    ? [{ family: "words", what: "words", value: title, grade: "doubt" }]
    : [];
}
