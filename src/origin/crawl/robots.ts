/** What the origin's robots.txt says to us (RFC 9309): what may be loaded, how slowly, where its sitemaps are. */
import robotsParser from "robots-parser";
import { crawlerName, type Load } from "../client/client.ts";
import type { OriginAddress, ProtectedSite } from "../client/protected-site.ts";

export interface Robots {
  allows(address: OriginAddress): boolean;
  /** Ms between two requests; 0: nothing is said. */
  readonly delayMs: number;
  /** As they are written there. */
  readonly sitemaps: readonly string[];
}

export const robotsAddress = "/robots.txt" as OriginAddress;

/** RFC 9309, section 2.5: what is longer need not be read. */
const bytesMax = 512 * 1024;
const sitemapsMax = 50;

/** `ignored`: the site's operator wants everything loaded. Its sitemaps count in any case. */
export function readRobots(load: Load, site: ProtectedSite, ignored: boolean): Robots {
  const text = textOf(load);
  const robots = robotsParser(`${site.publicOrigin}${robotsAddress}`, text);
  const sitemaps = robots.getSitemaps().slice(0, sitemapsMax);
  if (ignored) return { allows: () => true, delayMs: 0, sitemaps };
  return {
    allows: (address) => robots.isDisallowed(`${site.publicOrigin}${address}`, crawlerName) !== true,
    delayMs: (robots.getCrawlDelay(crawlerName) ?? 0) * 1_000,
    sitemaps,
  };
}

/** None is no objection (section 2.3.1.3); what can't be reached is asked for again with the site itself. */
function textOf(load: Load): string {
  if (load.kind === "fault" || load.answer.status !== 200) return "";
  return new TextDecoder().decode(load.answer.body.subarray(0, bytesMax));
}
