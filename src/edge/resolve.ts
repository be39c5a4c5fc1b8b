/** Phase: what answers at this address. Looks at the edition that is served now, never at anything else. */
import type { Exchange } from "./exchange.ts";
import { fails, type Verdict } from "./outcome.ts";
import { reservedPrefix, reservedData } from "./reserved.ts";
import type { EdgeState } from "./state.ts";

/** A body may follow that nobody will read. */
const readOnly = fails({ status: 405, allow: "GET, HEAD", close: true });
const notFound = fails({ status: 404 });
const malformed = fails({ status: 400, close: true });
/** Seconds; the newsroom publishes again within moments, or it takes a person. */
const noEdition = fails({ status: 503, retryAfterS: 10 });

export function resolve(exchange: Exchange, state: EdgeState): Verdict | Promise<Verdict> {
  const { method, request, site, path, query } = exchange;
  if (method !== "GET" && method !== "HEAD") return readOnly;
  // A service worker would stand between readers and every later edition; none is approved.
  if (request.headers.get("service-worker") !== null) return notFound;
  if (path.startsWith(reservedPrefix)) {
    const data = reservedData(path, state);
    if (data !== undefined) return data instanceof Promise ? data.then((found) => found ?? notFound) : data;
  }
  if (state.book === undefined) return noEdition;
  return state.book.find(site, path, query) ?? (path.includes("#") ? malformed : notFound);
}
