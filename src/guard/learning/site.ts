/** Learning a site from its pages: its vocabulary, its templates, its name, and pages that don't belong. */
import { factSets, type DocumentKind, type FactSet } from "../facts.ts";
import { hashedSets, type PageBaseline } from "./page-baseline.ts";
import { shortHash, withoutQuery } from "./references.ts";
import { type SiteBaseline, siteLimits, vocabularyKey } from "./site-baseline.ts";
import { type Stranger, strangersAmong } from "./strangers.ts";
import { templatesOf } from "./templates.ts";
import { namesIn } from "./titles.ts";

export type { SiteBaseline } from "./site-baseline.ts";
export { decodeSite, encodeSite } from "./site-format.ts";
export type { Stranger } from "./strangers.ts";

/** Path and query. */
export interface LearnedAt {
  readonly address: string;
  readonly page: PageBaseline;
}
export interface Asset {
  readonly address: string;
  readonly kind: DocumentKind;
  readonly sha256: string;
}

export interface LearnedSite {
  readonly site: SiteBaseline;
  /** Pages unlike all others: learned while they were defaced? Nothing of theirs is known to the site. */
  readonly strangers: Stranger[];
}

/** In whatever order pages and assets are. */
export function learnSite(pages: Iterable<LearnedAt>, assets: Iterable<Asset>): LearnedSite {
  const all = [...pages].sort((left, right) => (left.address < right.address ? -1 : 1));
  const strangers = strangersAmong(all);
  const strange = new Set(strangers.map(({ address }) => address));
  const known = all.filter(({ address }) => !strange.has(address));
  const learned = known.map(({ page }) => page);
  const documents = learned.filter(({ kind, status }) => kind === "html" && status < 300);
  return {
    site: {
      pages: known.length,
      vocabulary: vocabularyOf(learned),
      unread: new Set(learned.flatMap(({ unread }) => [...unread])),
      code: mostFrequent(
        learned.map(({ code }) => code.keys()),
        siteLimits.code,
      ),
      telling: mostFrequent(
        learned.map(({ telling }) => telling),
        siteLimits.telling,
      ),
      codeHosts: mostFrequent(
        learned.map(({ codeHosts }) => codeHosts),
        siteLimits.members,
      ),
      locations: mostFrequent(
        learned.map(({ locations }) => locations),
        siteLimits.members,
      ),
      languages: mostFrequent(
        learned.map(({ languages }) => languages),
        100,
      ),
      directions: mostFrequent(
        learned.map(({ directions }) => directions),
        3,
      ),
      letters: mostLetters(learned),
      names: namesIn(documents.map(({ titles }) => titles)),
      menu: menuOf(documents),
      templates: templatesOf(learned),
      addresses: addressesOf(known),
      assets: hashesOf(assets),
      claims: claimCounts(learned),
    },
    strangers,
  };
}

function vocabularyOf(pages: readonly PageBaseline[]): SiteBaseline["vocabulary"] {
  return Object.fromEntries(
    factSets.map((set) => [set, hashedSets.has(set) ? new Set<string>() : vocabularyFor(set, pages)]),
  ) as Record<FactSet, ReadonlySet<string>>;
}

function vocabularyFor(set: FactSet, pages: readonly PageBaseline[]): ReadonlySet<string> {
  const keys = pages.map(({ sets }) => [
    ...[...sets[set].always, ...sets[set].sometimes].map((member) => vocabularyKey(set, member)),
    ...sets[set].forms,
  ]);
  return mostFrequent(keys, siteLimits.members);
}

/** What most pages have goes first where not all can be kept. */
function mostFrequent(perPage: readonly Iterable<string>[], most: number): ReadonlySet<string> {
  const counts = countsOf(perPage);
  const sorted = [...counts].sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1));
  return new Set(sorted.slice(0, most).map(([text]) => text));
}

function countsOf(perPage: readonly Iterable<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const page of perPage) {
    for (const one of new Set(page)) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return counts;
}

function mostLetters(pages: readonly PageBaseline[]): Record<string, number> {
  const most: Record<string, number> = {};
  for (const { letters } of pages) {
    for (const [script, share] of Object.entries(letters)) most[script] = Math.max(most[script] ?? 0, share);
  }
  return most;
}

/** With three pages or more. */
function menuOf(pages: readonly PageBaseline[]): ReadonlySet<string> {
  if (pages.length < 3) return new Set();
  const counts = countsOf(pages.map(({ sets }) => sets.links.always));
  const menu = [...counts].filter(([, many]) => many * 2 >= pages.length).map(([link]) => link);
  return new Set(menu.sort().slice(0, siteLimits.required));
}

function addressesOf(pages: readonly LearnedAt[]): ReadonlySet<string> {
  const own = pages.map(({ address }) => shortHash(address));
  const linked = mostFrequent(
    pages.map(({ page }) => page.sets.links.always),
    siteLimits.addresses,
  );
  return new Set([...own, ...linked].slice(0, siteLimits.addresses));
}

const hashedKinds: ReadonlySet<DocumentKind> = new Set(["script", "style", "svg", "font"]);

function hashesOf(assets: Iterable<Asset>): SiteBaseline["assets"] {
  const hashes = new Map<string, Set<string>>();
  for (const { address, kind, sha256 } of assets) {
    if (!hashedKinds.has(kind)) continue;
    const path = withoutQuery(address);
    hashes.set(path, (hashes.get(path) ?? new Set()).add(sha256.slice(0, 16)));
  }
  return new Map([...hashes].sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, siteLimits.assets));
}

function claimCounts(pages: readonly PageBaseline[]): Record<string, number> {
  const counts = countsOf(pages.map(({ claims }) => claims));
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
