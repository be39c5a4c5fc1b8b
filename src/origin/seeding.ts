/** Where a crawl begins: the front in each language, what sitemaps name, and a page that can't exist, to know how the site says so. */
import type { OriginClient } from "./client.ts";
import type { Discovery, FoundAddresses, Part } from "./found-addresses.ts";
import type { Pace } from "./pace.ts";
import { addressAt, type OriginAddress, type ProtectedSite, root } from "./protected-site.ts";
import { readRobots, type Robots, robotsAddress } from "./robots.ts";
import { readSitemap } from "./sitemap.ts";

export interface SeedingParts {
  readonly site: ProtectedSite;
  readonly client: Pick<OriginClient, "load">;
  readonly pace: Pace;
  readonly found: FoundAddresses;
  readonly languages: readonly string[];
  readonly errorPage: OriginAddress;
  readonly ignoresRobots: boolean;
}

/** Of an index with all that it leads to. */
const sitemapsMax = 200;
const usualSitemaps = ["/sitemap.xml", "/wp-sitemap.xml"];
/** Asked for by browsers and feed readers although no page may name them. */
const usualAssets = ["/favicon.ico"];
const usualPages = ["/feed/", "/robots.txt"];

/** What `objectionTo` says of an address that is not to be loaded; undefined: it may be. */
export type Objection = (address: OriginAddress) => string | undefined;

/** Puts the beginnings among what was found. Resolves with what robots.txt says. */
export async function seed(
  parts: SeedingParts,
  objectionTo: Objection,
  signal: AbortSignal,
): Promise<Robots> {
  const { client, pace, site, found, languages, errorPage, ignoresRobots } = parts;
  await pace.turn(signal);
  const robots = readRobots(await client.load(robotsAddress, 0, signal), site, ignoresRobots);
  pace.atLeast(robots.delayMs);
  const objection: Objection = (address) =>
    objectionTo(address) ?? (robots.allows(address) ? undefined : "robots.txt");
  const fronts = languages.map((language) => `/${language}/`);
  found.add([
    { address: root, part: "page", hops: 0, isNamed: true },
    { address: errorPage, part: "page", hops: 0, isNamed: true },
    ...named([...fronts, ...usualPages], "page", site, objection),
    ...named(usualAssets, "asset", site, objection),
  ]);
  await addSitemaps(parts, robots, { objection, signal });
  return robots;
}

async function addSitemaps(
  { site, client, pace, found }: SeedingParts,
  robots: Robots,
  { objection, signal }: { readonly objection: Objection; readonly signal: AbortSignal },
): Promise<void> {
  const queue = robots.sitemaps.length > 0 ? [...robots.sitemaps] : [...usualSitemaps];
  const read = new Set<OriginAddress>();
  for (let written = queue.shift(); written !== undefined; written = queue.shift()) {
    const address = addressAt(written, site);
    if (address === undefined || read.has(address) || read.size >= sitemapsMax || signal.aborted) continue;
    read.add(address);
    await pace.turn(signal);
    const load = await client.load(address, 0, signal);
    if (load.kind === "fault" || load.answer.status !== 200) continue;
    const { pages, sitemaps } = await readSitemap(load.answer.body);
    const locations = pages.map(({ location }) => location);
    found.add(named(locations, "page", site, objection));
    queue.push(...sitemaps);
  }
}

function* named(
  references: readonly string[],
  part: Part,
  site: ProtectedSite,
  objection: Objection,
): Generator<Discovery> {
  for (const reference of references) {
    const address = addressAt(reference, site);
    if (address !== undefined && objection(address) === undefined)
      yield { address, part, hops: 1, isNamed: true };
  }
}
