/** A site's name as its titles carry it: the part that many of them share. */
import { titleParts } from "./plain-text.ts";
import { siteLimits } from "./site-baseline.ts";

/** `perPage`: the titles of each page. Folded; none with fewer than three pages. */
export function namesIn(perPage: readonly (readonly string[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const titles of perPage) {
    for (const part of new Set(titles.flatMap(titleParts))) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const least = Math.max(3, Math.ceil(perPage.length / 10));
  const names = [...counts].filter(([, many]) => many >= least).map(([part]) => part);
  return new Set(names.sort().slice(0, siteLimits.names));
}

/** The title carries the site's name, or the site has none that its titles carry. */
export function hasName(title: string, names: ReadonlySet<string>): boolean {
  return names.size === 0 || titleParts(title).some((part) => names.has(part));
}

/** What is left of a title without the site's name. */
export function withoutName(title: string, names: ReadonlySet<string>): string {
  return titleParts(title)
    .filter((part) => !names.has(part))
    .join(" ");
}
