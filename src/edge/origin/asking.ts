/**
 * What the origin is asked for when everybody may get the answer: a usual reader's request, without whatever makes it somebody's. What neither the
 * address nor Vary names is not sent, so it can't make an answer that others get (cache poisoning).
 */
import { prefixKey } from "../../decision/source.ts";
import { type Target, targetText } from "../cache/addresses.ts";
import type { Exchange } from "../exchange.ts";
import type { LaneClient, LaneRequest } from "../lane/passage.ts";
import { requestHead } from "../lane/request-head.ts";

/** What answers of many sites depend on although they don't say so; nobody's in particular. */
const sent: readonly string[] = ["accept", "accept-language", "user-agent"];

export function isAlwaysSent(name: string): boolean {
  return sent.includes(name);
}

/**
 * Fields that say nothing about who asks, or that we answer ourselves. A request with others is a program's with something to say: it goes its own
 * way (docs/decisions/0026-what-is-kept-of-somebody-elses-site.md).
 */
const usual =
  /^(accept(-.*)?|user-agent|host|connection|keep-alive|te|cookie|referer|dnt|sec-.*|upgrade-insecure-requests|cache-control|pragma|if-(none-match|modified-since|range)|range|priority|save-data|via|forwarded|x-forwarded-.*|x-real-ip|from|purpose|device-memory|dpr|downlink|ect|rtt|viewport-width)$/;

/** Whether the answer to it may be everybody's. */
export function isUsual(headers: Headers): boolean {
  const accept = headers.get("accept");
  if (accept !== null && !/text\/html|\*\/\*|image\/\*/.test(accept)) return false;
  for (const name of headers.keys()) if (!usual.test(name)) return false;
  return true;
}

export interface Wanted {
  readonly exchange: Exchange;
  /** What is asked for. */
  readonly target: Target;
  readonly host: string;
  /** Fields on which answers at this address are known to depend. */
  readonly varies: readonly string[];
  /** If-None-Match, If-Modified-Since: ours, not the reader's. */
  readonly conditions: Headers | undefined;
  /** The reader has an answer already: nothing that they have in hand is taken for it. */
  readonly isBackground: boolean;
  readonly client: LaneClient;
}

/** Undefined where it can't be passed on. */
export function requestForAll({
  exchange,
  target,
  host,
  varies,
  conditions,
  isBackground,
  client,
}: Wanted): LaneRequest | undefined {
  const headers = new Headers(conditions);
  const { headers: said } = exchange.request;
  for (const name of [...sent, ...varies]) {
    const value = said.get(name);
    if (value !== null) headers.set(name, value);
  }
  // Whatever is judged has to be readable; we compress it ourselves.
  headers.set("accept-encoding", "identity");
  const { address, scheme } = exchange;
  const head = requestHead(
    { method: "GET", target: targetText(target), headers, host, address, scheme },
    { kind: "none" },
  );
  if (head === undefined) return undefined;
  return {
    method: "GET",
    head,
    prefix: prefixKey(exchange.source),
    isKnown: exchange.isKnown,
    hand: isBackground ? undefined : exchange.hand,
    isBackground,
    framing: { kind: "none" },
    body: null,
    client,
  };
}
