/** Phase: who asks and for what. Fills in client, site, path and query; ends what can't be read or is too large. */
import { ownCopy } from "../base/cut.ts";
import { parseAddress } from "../decision/address.ts";
import type { NetworkTable } from "../decision/network-table.ts";
import type { Exchange } from "./exchange.ts";
import { fails, next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

const malformed = fails({ status: 400, close: true });
const misdirected = fails({ status: 421 });
const tooLong = fails({ status: 414, close: true });
const tooLarge = fails({ status: 413, close: true });

export function identify(exchange: Exchange, state: EdgeState): Verdict {
  const { request, server } = exchange;
  const peer = server.requestIP(request)?.address;
  if (peer === undefined) return malformed;
  exchange.isDirect = !(state.trustsProxies && isProxy(peer, state.proxies));
  exchange.address = exchange.isDirect ? peer : clientBehind(peer, request, state.proxies);
  exchange.scheme = state.tls || isEncryptedBefore(peer, request, state) ? "https" : "http";
  exchange.client = state.admission.client(exchange.address, exchange.atMs);
  readTarget(exchange, request.url);
  const host = state.hosts.find(request.headers.get("host"));
  if (host.kind === "malformed") return malformed;
  if (host.kind === "unknown") return misdirected;
  exchange.site = host.site;
  if (targetLength(exchange) > state.limits.urlBytesMax) return tooLong;
  const lane = state.lanes.get(host.site);
  const bodyBytesMax = lane?.options.limits.bodyBytesMax ?? state.limits.bodyBytesMax;
  return isBodyTooLarge(exchange, bodyBytesMax) ? tooLarge : next;
}

/**
 * The rightmost address of X-Forwarded-For that is no trusted proxy's own: what stands further left, the client wrote itself.
 * An entry that is no address ends the walk at the proxy that wrote it.
 */
export function clientBehind(peer: string, request: Request, proxies: NetworkTable<true>): string {
  if (!isProxy(peer, proxies)) return peer;
  const forwarded = request.headers.get("x-forwarded-for")?.split(",") ?? [];
  let client = peer;
  for (const entry of forwarded.reverse().map((text) => text.trim())) {
    if (parseAddress(entry) === undefined) break;
    client = ownCopy(entry);
    if (!isProxy(entry, proxies)) break;
  }
  return client;
}

/** A trusted proxy says that its client's connection is encrypted. */
function isEncryptedBefore(
  peer: string,
  { headers }: Request,
  { trustsProxies, proxies }: EdgeState,
): boolean {
  return trustsProxies && headers.get("x-forwarded-proto") === "https" && isProxy(peer, proxies);
}

function isProxy(text: string, proxies: NetworkTable<true>): boolean {
  const address = parseAddress(text);
  return address !== undefined && proxies.find(address) === true;
}

/** Bun hands over `http://host/path?query`, normalised, or only the target where the host makes no sense. */
function readTarget(exchange: Exchange, url: string): void {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", "https://".length);
  if (start < 0) return;
  const question = url.indexOf("?", start);
  exchange.path = question < 0 ? url.slice(start) : url.slice(start, question);
  if (question >= 0) exchange.query = url.slice(question + 1);
}

function targetLength({ path, query }: Exchange): number {
  return path.length + (query === undefined ? 0 : query.length + 1);
}

function isBodyTooLarge({ request }: Exchange, bytesMax: number): boolean {
  const declared = request.headers.get("content-length");
  return declared !== null && Number(declared) > bytesMax;
}
