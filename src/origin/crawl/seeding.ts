/** Where a crawl begins: the front in each language, what sitemaps name, and a page that can't exist, to know how the site says so. */
import type { Discovery, FoundAddresses, Part } from "./found-addresses.ts";
import { addressAt, type OriginAddress, root } from "../client/protected-site.ts";
import type { Robots } from "./robots.ts";
import { askRobots, type AskingParts, sitemapPages } from "./sitemaps.ts";

export interface SeedingParts extends AskingParts {
  readonly found: FoundAddresses;
  readonly errorPage: OriginAddress;
  readonly ignoresRobots: boolean;
}

/** Asked for by browsers and feed readers although no page may name them. */
const usualAssets = ["/favicon.ico"];
const usualPages = ["/feed/", "/robots.txt"];

/** Why an address is not to be loaded; undefined: it may be. */
export type Objection = (address: OriginAddress) => string | undefined;

/** Puts the beginnings among what was found. Resolves with what robots.txt says. */
export async function seed(
  parts: SeedingParts,
  objectionTo: Objection,
  signal: AbortSignal,
): Promise<Robots> {
  const { site, found, errorPage, ignoresRobots } = parts;
  const robots = await askRobots(parts, ignoresRobots, signal);
  const objection: Objection = (address) =>
    objectionTo(address) ?? (robots.allows(address) ? undefined : "robots.txt");
  const named = function* (references: readonly string[], part: Part): Generator<Discovery> {
    for (const reference of references) {
      const address = addressAt(reference, site);
      if (address !== undefined && objection(address) === undefined)
        yield { address, part, hops: 1, isNamed: true };
    }
  };
  found.add([
    { address: root, part: "page", hops: 0, isNamed: true },
    { address: errorPage, part: "page", hops: 0, isNamed: true },
    ...named([...site.fronts, ...usualPages], "page"),
    ...named(usualAssets, "asset"),
  ]);
  for await (const pages of sitemapPages(parts, robots, signal)) {
    found.add(
      named(
        pages.map(({ location }) => location),
        "page",
      ),
    );
  }
  return robots;
}
