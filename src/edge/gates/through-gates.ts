/** A request on its way past the gates: what it has in hand is taken from it first, and its answer brings what it earned. */
import { passLifeMs } from "../../decision/gates/pass.ts";
import { ticketLifeMs } from "../../decision/gates/ticket.ts";
import type { Exchange } from "../exchange.ts";
import { cookieOf, cookies } from "../gate-pages/names.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { askerOf } from "./asker.ts";
import { refuse } from "./challenge.ts";
import { Hand } from "./hand.ts";
import { mayBeFromPage, openForm, type Opening } from "./open-form.ts";
import { isPressed } from "./pressed.ts";
import { takeShown } from "./shown.ts";
import type { WorkGate } from "./work-gate.ts";

type Answer = () => Verdict | Promise<Verdict>;

/** `answer`: whatever else happens to the request. */
export function throughGates(
  exchange: Exchange,
  { gates, state }: { readonly gates: WorkGate | undefined; readonly state: EdgeState },
  answer: Answer,
): Verdict | Promise<Verdict> {
  if (gates === undefined) return answer();
  const hand = (exchange.hand = new Hand(takeShown(exchange.request.headers, state.tls)));
  const verdict = mayBeFromPage(exchange) ? answerForm(exchange, { hand, gates, state }, answer) : answer();
  return verdict instanceof Promise
    ? verdict.then((end) => withEarned(end, exchange, state))
    : withEarned(verdict, exchange, state);
}

async function answerForm(exchange: Exchange, opening: Opening, answer: Answer): Promise<Verdict> {
  const refused = await openForm(exchange, opening);
  return refused === undefined ? await answer() : refuse(exchange, refused, opening);
}

/** In this answer alone, which is then nobody else's. */
function withEarned(verdict: Verdict, exchange: Exchange, state: EdgeState): Verdict {
  const { response } = exchange;
  const cookie = earned(exchange, state);
  if (cookie === undefined || response === undefined) return verdict;
  response.headers.append("set-cookie", cookie);
  if (!(response.headers.get("cache-control") ?? "").includes("no-store"))
    response.headers.set("cache-control", "private, no-cache");
  return verdict;
}

/** A pass; or, with a page that has something to send, the ticket for it: it waits while somebody writes. */
function earned(exchange: Exchange, state: EdgeState): string | undefined {
  const { hand, hasForm } = exchange;
  const { tls } = state;
  const pass = hand?.pass;
  if (pass !== undefined) return cookieOf(cookies.pass, pass, passLifeMs / 1_000, tls);
  const ticket = hasForm ? formTicket(exchange, state) : undefined;
  return ticket === undefined ? undefined : cookieOf(cookies.ticket, ticket, ticketLifeMs.work / 1_000, tls);
}

function formTicket(exchange: Exchange, state: EdgeState): string | undefined {
  const { hand, isKnown } = exchange;
  const { gates, origin: way } = state;
  if (gates === undefined || way === undefined || isKnown || hand?.hasShown !== false) return undefined;
  if (!isPressed({ way, state })) return undefined;
  const asker = askerOf(exchange, state);
  way.gate.askedForTicket(asker.prefix);
  return gates.earlyTicket(asker);
}
