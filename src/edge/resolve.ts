/** Phase: what answers at this address: the edition that is served now, or the server that the host leads to. */
import type { Exchange } from "./exchange.ts";
import type { Lane } from "./lane/lane.ts";
import { maintenanceFor, nothingLeft } from "./maintenance/maintenance-for.ts";
import { fails, type Verdict } from "./outcome.ts";
import { canonicalSpelling } from "./paths.ts";
import { reservedPrefix, reservedData } from "./reserved.ts";
import { solverPrefix } from "./solver/solver-script.ts";
import type { EdgeState } from "./state.ts";
import { acmeChallenge } from "./tls/acme-challenge.ts";
import { toHttps } from "./tls/to-https.ts";

/** A body may follow that nobody will read. */
const readOnly = fails({ status: 405, allow: "GET, HEAD", close: true });
/** TRACE would show what was added on the way, CONNECT asks for a tunnel. */
const notPassedOn = new Set(["CONNECT", "TRACE"]);
const passable = fails({ status: 405, allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", close: true });
const notFound = fails({ status: 404 });
const malformed = fails({ status: 400, close: true });
const withdrawn = fails({ status: 410, close: true });

export function resolve(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  const challenge = acmeChallenge(exchange, state);
  if (challenge === undefined) return orderly(exchange, state);
  return challenge.then((found) => found ?? orderly(exchange, state));
}

function orderly(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  return toHttps(exchange, state) ?? maintenanceFor(exchange, state) ?? whatAnswers(exchange, state);
}

function whatAnswers(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  const lane = state.lanes.get(exchange.site);
  if (lane !== undefined && isTakenBy(lane, exchange)) {
    // Gone for good, although the server behind the edge may have it still.
    return state.book?.isWithdrawn(exchange.site, exchange.path) === true
      ? withdrawn
      : passOn(exchange, lane);
  }
  const { method, request, site, path, query } = exchange;
  if (method !== "GET" && method !== "HEAD") return readOnly;
  if (isServiceWorker(request)) return notFound;
  if (path.startsWith(reservedPrefix)) {
    const data = reservedData(exchange, state);
    if (data !== undefined) return data instanceof Promise ? data.then((found) => found ?? notFound) : data;
  }
  if (state.book === undefined) return nothingLeft;
  return state.book.find(site, path, query) ?? (path.includes("#") ? malformed : notFound);
}

/** A fragment never belongs into a request (RFC 9112, section 3.2): servers disagree about what it means. */
function passOn({ method, path, query = "", request }: Exchange, lane: Lane): Verdict {
  if (notPassedOn.has(method)) return passable;
  if (isServiceWorker(request)) return notFound;
  return path.includes("#") || query.includes("#") ? malformed : { kind: "passed-on", lane };
}

/** Whether a server behind the edge answers at this address. Pages to wait at are the edge's own everywhere, and so is what their scripts load. */
export function isTakenBy({ options }: Lane, { path }: Exchange): boolean {
  if (path.startsWith(solverPrefix)) return false;
  return !options.leavesReserved || !canonicalSpelling(path).startsWith(reservedPrefix);
}

/** One would stand between readers and every later edition; none is approved. */
function isServiceWorker({ headers }: Request): boolean {
  return headers.get("service-worker") !== null;
}
