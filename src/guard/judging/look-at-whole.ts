/** The page as a whole beside what it was: what is left of its frame and of what it says. */
import type { Facts, Volume } from "../facts.ts";
import { memberKey } from "../learning/known-set.ts";
import type { KnownVolume, PageBaseline } from "../learning/page-baseline.ts";
import { keptOf, keptVolume } from "../learning/resemblance.ts";
import { vocabularyKey } from "../learning/site-baseline.ts";
import { claimsIn, hasSlogan, spamIn } from "./claims.ts";
import { isList } from "./look-at-title.ts";
import type { Judged, Look, Sign } from "./sign.ts";

/** Shares 0..1; undefined where the page never had any. */
interface Left {
  readonly assets: number | undefined;
  readonly code: number | undefined;
  readonly links: number | undefined;
  readonly structure: number | undefined;
  readonly text: number | undefined;
  readonly headings: number | undefined;
}

export const lookAtWhole: Look = (facts, by) => {
  const { page } = by;
  if (page === undefined || facts.status >= 300 || page.status >= 300 || page.kind !== facts.kind) return [];
  const left = whatIsLeft(facts, by, page);
  const lost = replaced(facts, left);
  if (lost.length > 0) return [...lost, ...words(facts, page, left)];
  return isRefilled(facts, page, left) ? [] : [...parts(facts, page, left), ...words(facts, page, left)];
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
    structure: leftOf(page.structure, facts.structure),
    text: leftOf(page.text, facts.text),
    headings: keptOf(page.headings, new Set(facts.headings)),
  };
}

/** Beside what stays of it by itself. */
function leftOf(known: KnownVolume, now: Volume): number | undefined {
  if (known.most === 0) return undefined;
  const kept = keptVolume({ count: known.most, sketch: known.sketch }, now);
  return Math.min(1, kept / Math.max(0.2, known.steady / 100));
}

function meanOf(shares: readonly (number | undefined)[]): number | undefined {
  const known = shares.filter((share) => share !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length;
}

const nothingLeft = 0.3;

/** Another page stands there; or the same one in other clothes. */
function replaced(facts: Facts, { assets, code, links, structure, text, headings }: Left): readonly Sign[] {
  const frame = meanOf([assets, code, links, structure, structure]) ?? 1;
  const substance = meanOf([text, text, links, headings]) ?? 1;
  const sign = {
    family: "structure",
    what: "page",
    before: `${percent(frame)} of its frame, ${percent(substance)} of its contents are left`,
  } as const;
  if (frame < nothingLeft && substance < nothingLeft) {
    return [{ ...sign, value: beginningOf(facts), grade: "alarm" }];
  }
  if (frame < 0.5 && substance >= 0.5) return [{ ...sign, value: "made in another way", grade: "question" }];
  if (frame < 0.5) return [{ ...sign, value: beginningOf(facts), grade: "question" }];
  return [];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function beginningOf({ title, words: text, bytes }: Facts): string {
  return `${title} ${text}`.trim().slice(0, 200) || `${bytes} bytes without a word`;
}

const halfLeft = 0.5;

/** Inside its frame: text, headlines and links that changed more than such a page does. */
function parts(facts: Facts, page: PageBaseline, left: Left): readonly Sign[] {
  const signs: Sign[] = [];
  const doubt = (family: Sign["family"], what: string, share: number | undefined): void => {
    if (share === undefined || share >= halfLeft) return;
    const grade = "doubt";
    signs.push({ family, what, value: `${percent(share)} is left`, grade });
  };
  doubt("text", "text", left.text);
  doubt("structure", "structure", left.structure);
  doubt("links", "links", left.links);
  return [...signs, ...volume(facts, page)];
}

/** A list or a feed with other articles in it: as much of everything as before, made as before. */
function isRefilled({ text, structure, sets }: Facts, page: PageBaseline, left: Left): boolean {
  const about = (now: number, least: number, most: number): boolean => now * 2 >= least && now <= most * 2;
  return (
    (isList(page) || page.kind === "xml") &&
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
    signs.push({ family: what, what, value: `${now}`, before: `${least} to ${most}`, grade: "doubt" });
  };
  sign("text", text.count, page.text);
  sign("structure", structure.count, page.structure);
  return signs;
}

/** Only where text took the place of other text. */
function words({ words: text, title }: Facts, page: PageBaseline, { text: kept }: Left): readonly Sign[] {
  if ((kept ?? 0) >= 0.8) return [];
  const fresh = `${title}\n${text}`;
  const claim = claimsIn(fresh).find((name) => !page.claims.has(name));
  const spam = spamIn(fresh);
  if (claim !== undefined) return [{ family: "words", what: "words", value: claim, grade: "doubt" }];
  if (spam >= 3) return [{ family: "words", what: "words", value: "sold words", grade: "doubt" }];
  return (kept ?? 0) < nothingLeft && hasSlogan(title)
    ? [{ family: "words", what: "words", value: title, grade: "doubt" }]
    : [];
}
