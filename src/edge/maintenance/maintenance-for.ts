/** Whether maintenance answers a request, and what is readable all the same: feeds and text, so that who needs the news has them. */
import { isPartType } from "../forms.ts";
import type { Exchange } from "../exchange.ts";
import type { Outcome } from "../outcome.ts";
import { canonicalSpelling } from "../paths.ts";
import { reservedPrefix } from "../reserved.ts";
import type { EdgeState } from "../state.ts";
import { textPrefix } from "../gone/text-form.ts";
import { inForce, type Maintenance } from "./maintenance.ts";

export type MaintenanceOutcome = Extract<Outcome, { kind: "maintenance" }>;

/** Certificates are renewed and rights proven there (RFC 8615), whatever else goes on. */
const wellKnown = "/.well-known/";

/** Undefined where something else answers. */
export function maintenanceFor(exchange: Exchange, state: EdgeState): MaintenanceOutcome | undefined {
  const maintenance = inForce(state.maintenance, exchange.atMs);
  if (maintenance === undefined || exchange.site === "studio" || isExempt(exchange, maintenance))
    return undefined;
  if (isStaff(exchange, state)) return undefined;
  return !maintenance.isClosed && isReadable(exchange, state) ? undefined : told(maintenance);
}

export function told(maintenance: Maintenance): MaintenanceOutcome {
  return { kind: "maintenance", maintenance };
}

/** By itself: there is nothing true to show. */
export const nothingLeft: MaintenanceOutcome = { kind: "maintenance", maintenance: undefined };

function isExempt({ path }: Exchange, { isClosed }: Maintenance): boolean {
  const spelled = canonicalSpelling(path);
  if (isClosed && spelled.startsWith(textPrefix)) return false;
  return spelled.startsWith(wellKnown) || spelled.startsWith(reservedPrefix);
}

/** Whoever does the work that it is for. */
function isStaff({ site, path, request: { headers } }: Exchange, { lanes, origin }: EdgeState): boolean {
  return origin !== undefined && lanes.get(site) === origin.lane && origin.judge.staff.has({ path, headers });
}

function isReadable(exchange: Exchange, state: EdgeState): boolean {
  if (exchange.method !== "GET" && exchange.method !== "HEAD") return false;
  return state.lanes.has(exchange.site) ? isFeedAddress(exchange) : isTextOrPart(exchange, state);
}

/** Of ours: everything but the full form of pages. */
function isTextOrPart({ site, path, query }: Exchange, { book }: EdgeState): boolean {
  const found = book?.find(site, path, query);
  if (found?.kind !== "entry") return false;
  const { type, status } = found.target;
  return status === 200 && (isPartType(type) || !type.startsWith("text/html") || path.endsWith("/text"));
}

/** Of somebody else's software, by the usual names: feeds, sitemaps, robots.txt. */
const feedPath = /\/(?:feed|rss|atom)(?:\/[\w-]*)*\/?$|\.(?:xml|rss|atom|txt)$|\/feed\.json$/i;

function isFeedAddress({ path, query = "" }: Exchange): boolean {
  return feedPath.test(path) || /(?:^|&)feed=[\w-]+(?:&|$)/.test(query);
}
