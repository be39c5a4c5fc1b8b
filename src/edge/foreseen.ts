/** What will answer a request and what that costs, known before it is decided whether it may go on: traits that rules ask for. */
import { Remembered } from "../base/remembered.ts";
import { isPartName, pageAt } from "../decision/requests/shapes.ts";
import type { Exchange, Foreseen } from "./exchange.ts";
import type { Entry } from "./outcome.ts";
import { reservedPrefix } from "./reserved.ts";
import { isTakenBy } from "./resolve.ts";
import type { EdgeState } from "./state.ts";
import { toHttps } from "./tls/to-https.ts";

const passedOn: Foreseen = { place: "passed-on", cost: "passed-on" };
/** A page of an origin may have a hundred; counted as pages, they would make a flood of a reader. */
const partPassedOn: Foreseen = { place: "part", cost: "passed-on" };
const reserved: Foreseen = { place: "reserved", cost: "memory" };
const missing: Foreseen = { place: "missing", cost: "error" };
const moved: Foreseen = { place: "moved", cost: "memory" };
const malformed: Foreseen = { place: "malformed", cost: "error" };

/** Only addresses that exist get here. */
const pages = new Remembered(pageAt, 4_096);

/** Looked up once, when somebody asks first: it may be long ago when the request is answered. */
export function foreseenOf(exchange: Exchange, state: EdgeState): Foreseen {
  return (exchange.foreseen ??= foresee(exchange, state));
}

function foresee(exchange: Exchange, state: EdgeState): Foreseen {
  const { site, path, query = "" } = exchange;
  if (path.includes("#") || query.includes("#") || isHostMalformed(exchange, state)) return malformed;
  if (toHttps(exchange, state) !== undefined) return moved;
  const lane = state.lanes.get(site);
  if (lane !== undefined && isTakenBy(lane, exchange)) return isPartName(path) ? partPassedOn : passedOn;
  const found = state.book?.find(site, path, exchange.query);
  const isPart = found?.kind === "entry" && found.isPart;
  if (path.startsWith(reservedPrefix) && !isPart) return reserved;
  if (found === undefined || found.kind === "error") return missing;
  return found.kind === "entry" ? foreseenEntry(found, exchange, state) : moved;
}

function foreseenEntry({ target, isPart }: Entry, { path, method }: Exchange, state: EdgeState): Foreseen {
  if (target.status >= 400) return missing;
  if (target.status >= 300) return moved;
  const place = isPart ? "part" : pages.of(path);
  if (method !== "GET" && method !== "HEAD") return { place, cost: "error" };
  return { place, cost: target.length < state.limits.largeBytes ? "memory" : "disk" };
}

function isHostMalformed({ site, request }: Exchange, { hosts }: EdgeState): boolean {
  return site === "" && hosts.find(request.headers.get("host")).kind === "malformed";
}
