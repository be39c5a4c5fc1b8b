/**
 * A request to the studio: staff at once, whatever flood there is; everybody else by the gate, where there is one. In calm nothing is asked of
 * anybody. Under this lane's own pressure whoever has nothing in hand gets a page to wait at, and a script a word about when to come again.
 */
import { sessionHeader, signedIn } from "../../bus/session-header.ts";
import { type Answered, answerLane } from "../answer-lane.ts";
import type { Exchange } from "../exchange.ts";
import { challenge } from "../gates/challenge.ts";
import { workInHand } from "../gates/in-hand.ts";
import { isForMachines } from "../gates/machines.ts";
import { wentThrough } from "../gates/meet-again.ts";
import { takeShown } from "../gates/shown.ts";
import { throughGates } from "../gates/through-gates.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import type { Lane } from "../lane/lane.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import type { SignIn } from "./sign-in.ts";

/** What stands on its way. */
interface Visit {
  readonly exchange: Exchange;
  readonly lane: Lane;
  readonly state: EdgeState;
  readonly signIn: SignIn;
}

export function answerStudio(exchange: Exchange, lane: Lane, state: EdgeState): Verdict | Promise<Verdict> {
  const { signIn } = state;
  if (signIn === undefined) {
    return answerLane(exchange, lane, state, {
      pass: (asked) => lane.pass(asked),
      answered: (head) => noteOperator(head, exchange, state),
    });
  }
  const visit = { exchange, lane, state, signIn };
  const answered = hearing(visit);
  const { holder } = exchange;
  if (holder === undefined) {
    return throughGates(exchange, { gates: signIn.gates, state }, () => answerOther(visit, answered));
  }
  takeShown(exchange.request.headers, state.tls);
  return answerLane(exchange, lane, state, {
    pass: (asked) => lane.pass({ ...asked, holder }),
    answered,
  });
}

/** What the studio says of the session goes no further; what follows from it is a cookie of the edge's own. */
function hearing({ exchange, state, signIn: { staff } }: Visit): Answered {
  const badge = staff.badgeOf(exchange);
  return (head, headers) => {
    noteOperator(head, exchange, state);
    const cookie = staff.hear(head, badge, exchange);
    if (cookie !== undefined) headers.append("set-cookie", cookie);
  };
}

/**
 * Who is signed in to the studio must not be locked out of it, also not by a ban of their own. Only the studio can say so, in the head of its
 * answer: no client writes that, and a session's cookie is nothing that the edge could check.
 */
function noteOperator(
  { fields, status }: AnswerHead,
  { source, isDirect, address }: Exchange,
  { sources, notes, clock }: EdgeState,
): void {
  if (status < 200 || status > 299 || fieldValue(fields, sessionHeader) !== signedIn) return;
  const nowMs = clock.nowMs();
  sources.noteOperator(sources.place(source, nowMs), nowMs);
  if (isDirect) notes.wish("spare", address);
}

async function answerOther(visit: Visit, answered: Answered): Promise<Verdict> {
  const { exchange, lane, state, signIn } = visit;
  const { gate } = signIn;
  const { hand } = exchange;
  gate.pressure.asked();
  if (gate.pressure.isOn && hand !== undefined) {
    hand.work = workInHand(exchange, hand.shown, { gates: signIn.gates, state, isForMachine: isPart });
    if (hand.work === undefined) return await waitsFor(visit);
  }
  return await answerLane(exchange, lane, state, {
    pass: (asked) => gate.pass(asked),
    answered,
    busy: () => waitsFor(visit),
  });
}

/** Who sends something needs more in hand than parts of a page do: attempts are sent. */
function isPart({ method, path, query, request: { headers } }: Exchange): boolean {
  return (method === "GET" || method === "HEAD") && isForMachines({ method, path, query, headers });
}

async function waitsFor({ exchange, state, signIn: { gate, gates } }: Visit): Promise<Verdict> {
  if (exchange.hand?.wasSent === true) return wentThrough(exchange);
  return await challenge({ exchange, way: { gate }, state }, gates);
}
