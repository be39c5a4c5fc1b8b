/** Where whoever comes in clear to an edge that speaks TLS is led: the same address over https, at a name of the site's own. */
import { isChallenge } from "./acme-challenge.ts";
import { isOnion } from "./certificate.ts";
import type { Exchange } from "../exchange.ts";
import type { Outcome } from "../outcome.ts";
import type { EdgeState } from "../state.ts";

/**
 * Undefined where it is to be answered as it came: over TLS anyway; for a certificate's sake; by an onion's name, which is encrypted on its way and
 * which no certificate of ours is for.
 */
export function toHttps(exchange: Exchange, { hosts, httpsPort }: EdgeState): Outcome | undefined {
  if (httpsPort === undefined || isChallenge(exchange.path)) return undefined;
  const found = hosts.find(exchange.request.headers.get("host"));
  if (found.kind !== "site" || isOnion(found.host)) return undefined;
  const port = httpsPort === 443 ? "" : `:${httpsPort}`;
  const query = exchange.query === undefined ? "" : `?${exchange.query}`;
  // A fragment is the browser's own, and one that came along is none.
  const target = (exchange.path + query).replaceAll("#", "%23");
  return { kind: "secured", location: `https://${found.host}${port}${target}` };
}

/**
 * By 301 what is only read, since every program knows it. Anything else by 308, which keeps method and body: a form that came in clear has been in
 * clear already, and refusing it would lose it and hide nothing.
 */
export function redirectStatus(method: string): 301 | 308 {
  return method === "GET" || method === "HEAD" ? 301 : 308;
}
