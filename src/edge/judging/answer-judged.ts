/** A request that the protected site answers: what is held is answered from the baseline, all else is asked for, judged, and only then said. */
import { answerError } from "../answer-error.ts";
import { answerLane, askFor } from "../answer-lane.ts";
import { matchesNone } from "../conditions.ts";
import type { ErrorAnswer } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { isPartType, notModified } from "../forms.ts";
import type { LaneAnswer } from "../lane/passage.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState, ProtectedSite } from "../state.ts";
import type { OriginJudge } from "./origin-judge.ts";
import type { Asked, Ready } from "./ready.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
const readMethods = new Set(["GET", "HEAD"]);
/** Fetch, section 2.2.6: a Response with one of these must have no body. */
const bodilessStatuses = new Set([204, 205, 304]);
/** A part of an answer, or the word that it did not change, can't be judged. */
const conditions = [
  "if-none-match",
  "if-modified-since",
  "if-match",
  "if-unmodified-since",
  "if-range",
  "range",
];

type Answered = Exclude<LaneAnswer, { kind: "fault" }>;

export async function answerJudged(
  exchange: Exchange,
  { lane, gate, judge }: ProtectedSite,
  state: EdgeState,
): Promise<Verdict> {
  const { method, path, query, request } = exchange;
  const isStaff = judge.staff.has({ path, headers: request.headers });
  const asked: Asked = { method: readMethods.has(method) ? "GET" : method, path, query, isStaff, exchange };
  if (isStaff) {
    await answerLane(exchange, lane, state, true);
    if (exchange.response !== undefined)
      judge.holdBackSignIns(exchange.response.headers, { path, headers: request.headers });
    return next;
  }
  if (!judge.isJudging) return await answerLane(exchange, lane, state);
  const held = judge.instead(asked);
  if (held !== undefined) return send(exchange, await held, judge);
  const wanted = askFor(exchange, plainHeaders(request), state, asked.method);
  if (wanted === undefined) return await answerError(exchange, malformed, state);
  const askedMs = state.monotonicMs();
  const answer = await gate.pass(wanted, false);
  lane.vitals.note(state.monotonicMs() - askedMs, answer.kind === "fault" || answer.head.status >= 500);
  if (answer.kind === "fault") return await answerError(exchange, lane.options.errors[answer.fault], state);
  return await answerWith(exchange, { asked, answer }, judge);
}

/** As the origin is asked where somebody reads: the whole, uncoded. */
function plainHeaders({ method, headers }: Request): Headers {
  if (!readMethods.has(method)) return headers;
  const plain = new Headers(headers);
  for (const name of conditions) plain.delete(name);
  plain.set("accept-encoding", "identity");
  return plain;
}

async function answerWith(
  exchange: Exchange,
  { asked, answer }: { readonly asked: Asked; readonly answer: Answered },
  judge: OriginJudge,
): Promise<Verdict> {
  const { head } = answer;
  if (answer.kind === "stream" && !judge.needsWhole(asked, head)) {
    const headers = judge.streamedHeaders(asked, head);
    if (exchange.method === "HEAD") await answer.body.cancel();
    const body = exchange.method === "HEAD" ? null : answer.body;
    exchange.answer(new Response(body, { status: head.status, headers }), 0, "uncertain");
    return next;
  }
  const whole = answer.kind === "whole" ? answer : await judge.gathering.gather(answer.body);
  const judging =
    "not" in whole ? judge.unjudgeable(asked, head, whole.not) : judge.judge(asked, head, whole.body);
  return send(exchange, (await judging).ready, judge);
}

function send(exchange: Exchange, ready: Ready, judge: OriginJudge): Verdict {
  const { status, headers, provenance } = ready;
  judge.shown(ready);
  exchange.part = isPartType(headers.get("content-type") ?? "");
  const known = exchange.request.headers.get("if-none-match");
  const etag = headers.get("etag");
  const body = bodilessStatuses.has(status) || exchange.method === "HEAD" ? null : ready.body;
  const isKnown = status === 200 && known !== null && etag !== null && matchesNone(known, etag);
  const response = isKnown ? notModified(headers) : new Response(body, { status, headers });
  exchange.answer(response, isKnown || body === null ? 0 : lengthOf(body), provenance);
  return next;
}

function lengthOf(body: Ready["body"]): number {
  return body instanceof Blob ? body.size : body.length;
}
