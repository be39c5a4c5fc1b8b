/**
 * Phase: what is counted about the answer, and, of some, what the request was like. Plain numbers and strings go to the tally, keyed
 * hashes to the sample; neither keeps who read what.
 */
import type { Client } from "../decision/admission.ts";
import { endOf } from "../decision/tally.ts";
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import { traitsOf } from "./request-traits.ts";
import type { EdgeState } from "./state.ts";

export function record(exchange: Exchange, state: EdgeState): Verdict {
  exchange.latencyMs = state.monotonicMs() - exchange.startedMs - (exchange.refused ? exchange.heldMs : 0);
  if (exchange.client !== undefined) recordSource(exchange, exchange.client, state);
  state.tally.count(exchange);
  return next;
}

/** The sample first: it shows what its source had done when this request was judged. */
function recordSource(exchange: Exchange, { source }: Client, state: EdgeState): void {
  const { sampler, sources, notes, rules, clock } = state;
  const { rule, refused, challenged, standsFor, isKnown } = exchange;
  if (rule !== undefined) notes.matched(rule, refused, standsFor);
  if (isKnown) {
    notes.known(endOf(exchange) === "served");
    if (rules.size > 0) notes.knownGroups(traitsOf(exchange, state), rule);
  }
  if (sampler.wants()) sampler.keep(traitsOf(exchange, state), endOf(exchange));
  const place = exchange.place ?? sources.place(source, clock.nowMs());
  // What was refused or had to wait is no miss of theirs: one refusal would be a reason for the next.
  if (!refused && !challenged) sources.noteEnd(place, exchange.status, exchange.part);
  exchange.parts = sources.hasParts(place);
}
