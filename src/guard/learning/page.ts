/** Learning one page from several loads, and taking over what was vouched for later. */
import { remarksOn } from "../judging/remarks.ts";
import type { Facts, Volume } from "../facts.ts";
import {
  codeHosts,
  knownCode,
  renewed,
  renewedCode,
  runs,
  strangeCodeOf,
  tellingLiterals,
} from "./known-code.ts";
import { knownSets, renewedSets } from "./known-set.ts";
import { byHash, outliersOf } from "./outliers.ts";
import { type KnownVolume, type PageBaseline, pageLimits } from "./page-baseline.ts";
import { plain } from "./plain-text.ts";
import { sketchResemblance } from "./resemblance.ts";

export type { PageBaseline } from "./page-baseline.ts";
export { decodePage, encodePage } from "./page-format.ts";

export interface LearnedPage {
  readonly page: PageBaseline;
  /** Places of loads that don't belong to the others, poisoned perhaps: nothing was learned from them. */
  readonly outliers: number[];
  /** What changes by itself: names of sets and fields, `inline digits` and the like. */
  readonly volatile: string[];
}

/** In whatever order the loads are. Throws RangeError without any. */
export function learnPage(loads: readonly Facts[]): LearnedPage {
  if (loads.length === 0) throw new RangeError("learning a page: it was not loaded once");
  const outliers = outliersOf(loads);
  const own = loads.filter((_, at) => !outliers.includes(at)).sort(byHash);
  const page = learned(own);
  return { page, outliers, volatile: volatileOf(page, own) };
}

function learned(loads: readonly Facts[]): PageBaseline {
  const { first, counts } = standing(loads);
  const headings = loads.map((load) => new Set(load.headings.map((one) => plain(one, pageLimits.heading))));
  const [some = new Set<string>()] = headings;
  return {
    loads: loads.length,
    kind: first.kind,
    status: first.status,
    type: plain(first.type, 100),
    locations: textsOf(loads, ({ location }) => plain(location, pageLimits.reference)),
    titles: [...textsOf(loads, ({ title }) => plain(title, pageLimits.title))].slice(0, pageLimits.titles),
    headings: [...some]
      .filter((one) => headings.every((each) => each.has(one)))
      .slice(0, pageLimits.headings),
    headingsMost: Math.max(...headings.map((each) => each.size)),
    languages: textsOf(loads, ({ language }) => plain(language, pageLimits.language)),
    directions: textsOf(loads, ({ direction }) => direction),
    letters: mostLetters(loads.map(({ letters }) => percents(letters))),
    sets: knownSets(loads),
    unread: new Set(),
    code: knownCode(loads),
    strangeCode: strangeCodeOf(loads),
    telling: tellingLiterals(loads),
    codeHosts: codeHosts(loads),
    linksLeast: Math.min(...counts),
    linksMost: Math.max(...counts),
    text: knownVolume(loads.map(({ text }) => text)),
    structure: knownVolume(loads.map(({ structure }) => structure)),
    claims: new Set(loads.flatMap(remarksOn).sort()),
    over: loads.find(({ over }) => over !== undefined)?.over ?? "",
  };
}

function standing(loads: readonly Facts[]): { first: Facts; counts: number[] } {
  const [first] = loads;
  if (first === undefined) throw new RangeError("learning a page: no load is left");
  return { first, counts: loads.map(({ sets }) => sets.links.length) };
}

function textsOf(loads: readonly Facts[], field: (load: Facts) => string): ReadonlySet<string> {
  return new Set(loads.map(field).sort());
}

function percents(letters: Facts["letters"]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(letters)
      .map(([script, share]): [string, number] => [plain(script, 20), Math.round(share * 100)])
      .filter(([, share]) => share > 0)
      .slice(0, 20),
  );
}

function mostLetters(each: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const most: Record<string, number> = {};
  for (const letters of each) {
    for (const [script, share] of Object.entries(letters)) most[script] = Math.max(most[script] ?? 0, share);
  }
  return Object.fromEntries(Object.entries(most).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The sketch of the load that is most like the others stands for all. */
function knownVolume(volumes: readonly Volume[]): KnownVolume {
  const likeness = volumes.map(({ sketch }) =>
    volumes.map((other) => sketchResemblance(sketch, other.sketch)),
  );
  const sums = likeness.map((row) => row.reduce((sum, one) => sum + one, 0));
  const middle = volumes[sums.indexOf(Math.max(...sums))] ?? { count: 0, sketch: [] };
  return {
    least: Math.min(...volumes.map(({ count }) => count)),
    most: Math.max(...volumes.map(({ count }) => count)),
    sketch: middle.sketch,
    steady: Math.floor(Math.min(...likeness.flat()) * 100),
  };
}

function volatileOf(page: PageBaseline, loads: readonly Facts[]): string[] {
  const sets = Object.entries(page.sets).filter(([, { sometimes }]) => sometimes.size > 0);
  const forms = new Set([...page.code.values()].flatMap((code) => code.forms.split("")));
  const names: Readonly<Record<string, string>> = {
    "0": "inline digits",
    x: "inline hex",
    t: "inline times",
    b: "inline tokens",
    s: "inline texts",
  };
  const changing = [...page.code.values()].some((code) => runs(code) && !code.always);
  return [
    ...sets.map(([set]) => set),
    ...Object.keys(names).flatMap((form) => (forms.has(form) ? [names[form] ?? ""] : [])),
    ...(changing ? ["inline code"] : []),
    ...(page.titles.length > 1 ? ["title"] : []),
    ...(page.headings.length < page.headingsMost ? ["headings"] : []),
    ...(page.text.steady < 95 ? ["text"] : []),
    ...(new Set(loads.map(({ sha256 }) => sha256)).size === loads.length && loads.length > 1
      ? ["bytes"]
      : []),
  ];
}

/** Takes over loads that were vouched for, or accepted. What hasn't been seen for a while is forgotten slowly. */
export function refreshPage(page: PageBaseline, loads: readonly Facts[]): PageBaseline {
  if (loads.length === 0) return page;
  const { page: now } = learnPage(loads);
  return {
    ...now,
    loads: Math.min(1_000, page.loads + now.loads),
    titles: [...new Set([...now.titles, ...lastTitles(page)])].slice(0, pageLimits.titles),
    sets: renewedSets(page.sets, now.sets),
    code: renewedCode(page.code, now.code),
    telling: renewed(page.telling, now.telling, pageLimits.telling),
    codeHosts: renewed(page.codeHosts, now.codeHosts, pageLimits.codeHosts),
    strangeCode: eased(page.strangeCode, now.strangeCode, Math.max),
    linksLeast: eased(page.linksLeast, now.linksLeast, Math.min),
    linksMost: eased(page.linksMost, now.linksMost, Math.max),
    text: renewedVolume(page.text, now.text),
    structure: renewedVolume(page.structure, now.structure),
  };
}

/** Earlier titles, where the title changes by itself. */
function lastTitles({ titles }: PageBaseline): readonly string[] {
  return titles.length > 1 ? titles : [];
}

/** The wider of both bounds, the old one drawn a quarter of the way to the new one. */
function eased(before: number, now: number, wider: (left: number, right: number) => number): number {
  return wider(now, Math.round(before + (now - before) / 4));
}

function renewedVolume(before: KnownVolume, now: KnownVolume): KnownVolume {
  const stayed = Math.floor(sketchResemblance(before.sketch, now.sketch) * 100);
  return {
    least: eased(before.least, now.least, Math.min),
    most: eased(before.most, now.most, Math.max),
    sketch: now.sketch,
    steady: Math.min(now.steady, Math.floor((3 * before.steady + stayed) / 4)),
  };
}
