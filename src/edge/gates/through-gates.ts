/** A request to the protected site on its way past the gates: what it has in hand is taken from it first, and its answer brings what it earned. */
import { passLifeMs } from "../../decision/gates/pass.ts";
import type { Exchange } from "../exchange.ts";
import { cookieOf, cookies } from "../gate-pages/names.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { refuse } from "./challenge.ts";
import { Hand } from "./hand.ts";
import { mayBeFromPage, openForm } from "./open-form.ts";
import { takeShown } from "./shown.ts";

type Answer = () => Verdict | Promise<Verdict>;

/** `answer`: whatever else happens to the request. */
export function throughGates(
  exchange: Exchange,
  state: EdgeState,
  answer: Answer,
): Verdict | Promise<Verdict> {
  if (state.gates === undefined) return answer();
  exchange.hand = new Hand(takeShown(exchange.request.headers, state.tls));
  const verdict = mayBeFromPage(exchange) ? answerForm(exchange, state, answer) : answer();
  return verdict instanceof Promise ? verdict.then((end) => withPass(end, exchange, state)) : verdict;
}

async function answerForm(exchange: Exchange, state: EdgeState, answer: Answer): Promise<Verdict> {
  const { hand } = exchange;
  const { gates } = state;
  if (hand === undefined || gates === undefined) return await answer();
  const refused = await openForm(exchange, { hand, gates, state });
  return refused === undefined ? await answer() : refuse(exchange, refused, { gates, state });
}

/** In this answer alone, which is then nobody else's. */
function withPass(verdict: Verdict, { hand, response }: Exchange, { tls }: EdgeState): Verdict {
  const pass = hand?.pass;
  if (pass === undefined || response === undefined) return verdict;
  response.headers.append("set-cookie", cookieOf(cookies.pass, pass, passLifeMs / 1_000, tls));
  if (!(response.headers.get("cache-control") ?? "").includes("no-store"))
    response.headers.set("cache-control", "private, no-cache");
  return verdict;
}
