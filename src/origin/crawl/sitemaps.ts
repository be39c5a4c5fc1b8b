/** What the site itself says of its pages: robots.txt, and the sitemaps that it names or that lie where they usually do. */
import type { OriginClient } from "../client/client.ts";
import type { Pace } from "../client/pace.ts";
import { addressAt, type OriginAddress, type ProtectedSite } from "../client/protected-site.ts";
import { readRobots, type Robots, robotsAddress } from "./robots.ts";
import { readSitemap, type SitemapPage } from "./sitemap.ts";

export interface AskingParts {
  readonly site: ProtectedSite;
  readonly client: Pick<OriginClient, "load">;
  readonly pace: Pace;
}

/** Of an index with all that it leads to. */
const sitemapsMax = 200;
const usualSitemaps = ["/sitemap.xml", "/wp-sitemap.xml"];

export async function askRobots(
  { site, client, pace }: AskingParts,
  ignored: boolean,
  signal: AbortSignal,
): Promise<Robots> {
  await pace.turn(signal);
  const robots = readRobots(await client.load(robotsAddress, 0, signal), site, ignored);
  pace.atLeast(robots.delayMs);
  return robots;
}

/** Sitemap by sitemap, each with itself: search engines read it through the edge. What is missing, broken or elsewhere is passed over. */
export async function* sitemapPages(
  { site, client, pace }: AskingParts,
  robots: Robots,
  signal: AbortSignal,
): AsyncGenerator<readonly SitemapPage[]> {
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
    queue.push(...sitemaps);
    yield [{ location: written, changed: "" }, ...pages];
  }
}
