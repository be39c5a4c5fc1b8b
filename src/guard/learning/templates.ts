/** Templates: groups of pages that are made alike, found by their structure, and what all pages of a group have. */
import type { Volume } from "../facts.ts";
import type { KnownVolume, PageBaseline } from "./page-baseline.ts";
import { keptStructure, keptVolume, sketchResemblance } from "./resemblance.ts";
import { siteLimits, type Template, vocabularyKey } from "./site-baseline.ts";

/** Pages with so much structure in common are of one group. */
const alikeLeast = 0.45;
/** What so many pages of a group have, its next page has too. */
const requiredShare = 0.9;

/** Groups in one pass: each page joins the first group whose first page it is like. Pages are in an order of their own. */
export function templatesOf(pages: readonly PageBaseline[]): Template[] {
  const groups: PageBaseline[][] = [];
  for (const page of pages) {
    if (page.structure.most === 0) continue;
    const group = groups.find(([first]) => first !== undefined && isMadeAlike(first, page));
    if (group !== undefined) group.push(page);
    else groups.push([page]);
  }
  return groups
    .sort((left, right) => right.length - left.length)
    .slice(0, siteLimits.templates)
    .map(templateOf);
}

type Made = Pick<PageBaseline, "kind" | "status" | "structure">;

function isMadeAlike(left: Made, right: Made): boolean {
  return (
    left.kind === right.kind &&
    left.status === right.status &&
    sketchResemblance(left.structure.sketch, right.structure.sketch) >= alikeLeast
  );
}

function templateOf(pages: readonly PageBaseline[]): Template {
  const [first] = pages;
  if (first === undefined) throw new RangeError("learning templates: a group is empty");
  const structure = volumeOf(first.structure);
  const words = volumeOf(first.text);
  const others = pages.slice(1);
  const alike = others.map((page) => keptStructure(structure, volumeOf(page.structure)));
  const shared = others.map((page) => keptVolume(words, volumeOf(page.text)));
  return {
    kind: first.kind,
    status: first.status,
    pages: pages.length,
    scripts: sharedBy(
      pages.map(({ sets }) => [...sets.scripts.always].map((one) => vocabularyKey("scripts", one))),
    ),
    styles: sharedBy(
      pages.map(({ sets }) => [...sets.styles.always].map((one) => vocabularyKey("styles", one))),
    ),
    code: sharedBy(
      pages.map(({ code }) => [...code].flatMap(([shape, { always }]) => (always ? [shape] : []))),
    ),
    menu: sharedBy(pages.map(({ sets }) => sets.links.always)),
    structure,
    alike: Math.floor(Math.min(1, ...alike) * 100),
    sharedText: Math.floor(
      (shared.sort((left, right) => left - right)[Math.floor(shared.length / 2)] ?? 0) * 100,
    ),
    words: {
      least: Math.min(...pages.map(({ text }) => text.least)),
      most: Math.max(...pages.map(({ text }) => text.most)),
    },
    languages: new Set(pages.flatMap(({ languages }) => [...languages])),
  };
}

function volumeOf({ most, sketch }: KnownVolume): Volume {
  return { count: most, sketch };
}

function sharedBy(perPage: readonly Iterable<string>[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const page of perPage) {
    for (const one of new Set(page)) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const least = perPage.length * requiredShare;
  const shared = [...counts].filter(([, many]) => many >= least).map(([one]) => one);
  return new Set(shared.sort().slice(0, siteLimits.required));
}
