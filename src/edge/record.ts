/** Phase: what is counted about the answer. Plain numbers and strings go to the tally, which keeps none of them as they are. */
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

export function record(exchange: Exchange, { tally, sources, clock, monotonicMs }: EdgeState): Verdict {
  const { headers } = exchange.request;
  exchange.agent = headers.get("user-agent") ?? "";
  exchange.language = headers.get("accept-language") ?? "";
  if (exchange.client !== undefined) {
    const place = sources.place(exchange.client.source, clock.nowMs());
    sources.noteEnd(place, exchange.status, exchange.part);
    exchange.parts = sources.hasParts(place);
  }
  exchange.latencyMs = monotonicMs() - exchange.startedMs;
  tally.count(exchange);
  return next;
}
