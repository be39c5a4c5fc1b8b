/** A reader's own answer: with everything that they said, judged as any other, kept for nobody. */
import { answerError } from "../answer-error.ts";
import { askFor, sendPassed } from "../answer-lane.ts";
import type { ErrorAnswer } from "../errors.ts";
import { meetGate } from "../gates/meet-gate.ts";
import { answerOnlyReading } from "../lite/only-reading.ts";
import { isFailure, type Passed } from "../lane/passage.ts";
import type { Verdict } from "../outcome.ts";
import { answerFault, answerReady } from "./answer-ready.ts";
import { answerUnread } from "./answer-unread.ts";
import type { Errand } from "./errand.ts";
import { publicReady } from "./public-ready.ts";
import { giveUp, take } from "./take.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** Neither a part of an answer nor the word that it did not change can be judged: those are ours to say. */
const ours = ["if-none-match", "if-modified-since", "range", "if-range"];

export interface Alone {
  /** It is longer than what is judged: parts of it are the origin's to give. */
  readonly isLong: boolean;
}

export const whole: Alone = { isLong: false };
export const long: Alone = { isLong: true };

export async function answerAlone(errand: Errand, { isLong }: Alone): Promise<Verdict> {
  const { exchange, way, state } = errand;
  const met = (await answerOnlyReading(errand)) ?? (await meetGate(errand));
  if (met !== undefined) return met;
  const isHead = errand.method === "HEAD";
  if (isHead && isLong) return await answerUnread(errand, false);
  const headers = isLong ? exchange.request.headers : withoutOurs(exchange.request);
  const request = askFor(exchange, headers, state, isHead ? "GET" : errand.method);
  if (request === undefined) return await answerError(exchange, malformed, state);
  const askedMs = state.monotonicMs();
  const answer = await way.gate.pass(request, false);
  way.lane.vitals.note(state.monotonicMs() - askedMs, isFailure(answer));
  return answer.kind === "fault"
    ? await answerFault(errand, answer.fault)
    : await answerJudged(errand, answer);
}

function withoutOurs({ method, headers }: Request): Headers {
  if (method !== "GET" && method !== "HEAD") return headers;
  const kept = new Headers(headers);
  for (const name of ours) kept.delete(name);
  return kept;
}

async function answerJudged(errand: Errand, answer: Passed): Promise<Verdict> {
  const { judge, limits } = errand.way;
  const { head } = answer;
  const mustBeWhole = judge.needsWhole(errand, head);
  const taken = await take(answer, {
    mustBeWhole,
    isUseful: judge.isOfInterest(errand, head),
    bytesMax: limits.judgeBytesMax,
    gathering: judge.gathering,
  });
  if (taken.kind === "stream" && errand.method === "HEAD") {
    giveUp(taken.answer);
    return await answerAlone(errand, long);
  }
  if (taken.kind === "stream") {
    const headers = judge.streamedHeaders(errand, head);
    return sendPassed(errand.exchange, taken.answer, { headers, provenance: "uncertain" });
  }
  if (taken.kind === "not")
    return await answerReady(errand, (await judge.unjudgeable(errand, head, taken.why)).ready);
  const { ready } = await judge.judge(errand, taken.head, taken.body);
  return await answerReady(errand, publicReady(errand, ready, { head, way: errand.way }));
}
