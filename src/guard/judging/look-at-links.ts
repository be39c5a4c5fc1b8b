/** Where a page's links, headlines and files lead now: to another host, to nothing, to what has to be unpacked, to pages that nobody sees. */
import type { Facts } from "../facts.ts";
import { memberKey } from "../learning/known-set.ts";
import type { KnownSet, PageBaseline } from "../learning/page-baseline.ts";
import { wordsOf } from "../learning/plain-text.ts";
import { keptVolume } from "../learning/resemblance.ts";
import type { SiteBaseline } from "../learning/site-baseline.ts";
import { isOnSite, newMembers } from "./look-at-references.ts";
import type { Judged, Look, Sign } from "./sign.ts";

export const lookAtLinks: Look = (facts, by) => {
  const { page, site } = by;
  const signs = [...archives(facts, by), ...sections(facts, by)];
  if (page === undefined) return signs;
  return [
    ...signs,
    ...ledAway(facts, by, page),
    ...headlines(facts, by, page),
    ...hiddenPages(facts, page, site),
  ];
};

/** A newsroom attaches documents; what has to be unpacked hides what it is. New articles of its own may have them. */
function archives(facts: Facts, by: Judged): readonly Sign[] {
  return newMembers("archives", facts, by)
    .filter((archive) => !isOnSite("archives", archive, by))
    .filter((archive) => by.page !== undefined || archive.includes(" "))
    .map((value) => ({ family: "links", what: "archives", value, grade: "doubt" }));
}

/** Text that flows right below the body has no boxes that could be known. */
const flowing = /^(p|h\d|ul|ol|dl|figure|blockquote|table|center|img|hr)([.#]|$)/;

/** A box right below the body that no page of the site has: what is laid over a page by a class of its own sheet stands there. */
function sections(facts: Facts, by: Judged): readonly Sign[] {
  const known = by.page === undefined ? by.site.vocabulary.sections : by.page.sets.sections.always;
  if (facts.kind !== "html" || known.size === 0 || [...known].some((one) => flowing.test(one))) return [];
  return newMembers("sections", facts, by)
    .filter((section) => /[.#]/.test(section) && !isOnSite("sections", section, by))
    .map((value) => ({ family: "oddities", what: "sections", value, grade: "doubt" }));
}

/** What else changed there is somebody's edit. */
const textKept = 0.9;

/** Own links went and another host came, in the same text: of a menu, all readers are sent there. */
function ledAway(facts: Facts, by: Judged, page: PageBaseline): readonly Sign[] {
  const value = newMembers("link-hosts", facts, by).find((host) => !isOnSite("link-hosts", host, by));
  const kept = keptVolume({ count: page.text.most, sketch: page.text.sketch }, facts.text);
  if (value === undefined || kept < textKept) return [];
  const links = new Set(facts.sets.links.map((link) => memberKey("links", link)));
  const lost = [...page.sets.links.always].filter((link) => !links.has(link));
  if (lost.length === 0) return [];
  const isMenu = lost.some((link) => by.site.menu.has(link));
  return [{ family: "links", what: "link-hosts", value, grade: isMenu ? "question" : "doubt" }];
}

interface Entry {
  readonly link: string;
  readonly text: string;
}

function entryOf(member: string): Entry {
  const end = member.indexOf(" ");
  return { link: member.slice(0, end), text: member.slice(end + 1) };
}

const linkedLeast = 3;
const linkedShare = 0.8;

/** In a list whose headlines lead to its own articles: one that leads nowhere or away, or another one over the same article. */
function headlines(facts: Facts, by: Judged, page: PageBaseline): readonly Sign[] {
  const known = knownEntries(page.sets.entries);
  const own = known.filter(({ link }) => isOwnEntry(link));
  if (own.length < linkedLeast || own.length < known.length * linkedShare) return [];
  return newMembers("entries", facts, by)
    .map(entryOf)
    .filter((entry) => isFalse(entry, own, known, by))
    .slice(0, 3)
    .map(({ text }) => ({ family: "links", what: "entries", value: text, grade: "doubt" }));
}

function knownEntries({ always, sometimes }: KnownSet): readonly Entry[] {
  return [...always, ...sometimes].map(entryOf);
}

function isOwnEntry(link: string): boolean {
  return link !== "-" && !link.startsWith("//");
}

function isFalse({ link, text }: Entry, own: readonly Entry[], known: readonly Entry[], by: Judged): boolean {
  if (!isOwnEntry(link)) {
    const isSaid = known.some((entry) => entry.text === text);
    return !(link.startsWith("//") && isOnSite("link-hosts", link.slice(2), by)) && (!isSaid || link !== "-");
  }
  const before = own.filter((entry) => entry.link === link);
  const words = wordsOf(text);
  return (
    before.length > 0 && !before.some((entry) => [...wordsOf(entry.text)].some((word) => words.has(word)))
  );
}

/** A drop-down menu has the newest articles every day; one that stood still has not so many at once. */
const hiddenMany = 8;

function hiddenPages(facts: Facts, page: PageBaseline, site: SiteBaseline): readonly Sign[] {
  const { always, sometimes } = page.sets["hidden-links"];
  if (page.unread.has("hidden-links") || sometimes.size > 0) return [];
  const fresh = facts.sets["hidden-links"]
    .map((link) => memberKey("hidden-links", link))
    .filter((link) => !always.has(link) && !site.addresses.has(link) && !page.sets.links.always.has(link));
  if (fresh.length < hiddenMany) return [];
  return [{ family: "links", what: "hidden-links", value: `${fresh.length}`, grade: "doubt" }];
}
