/** A reader's own answer: with everything that they said, judged as any other, kept for nobody. */
import { answerError } from "../answer-error.ts";
import { answerLane, askFor, sendPassed } from "../answer-lane.ts";
import type { ErrorAnswer } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { isFailure, type LaneAnswer, type LaneRequest, type Passed } from "../lane/passage.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { answerReady } from "./answer-ready.ts";
import type { Asked } from "./asked.ts";
import { take } from "./take.ts";
import type { OriginWay } from "./way.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** We compare and cut ourselves: a part can't be judged. */
const ours = ["if-none-match", "if-modified-since", "range", "if-range"];

export interface Alone {
  /** It is longer than what is judged: parts of it are the origin's to give. */
  readonly isLong: boolean;
}

export async function answerAlone(
  asked: Asked,
  { isLong }: Alone,
  way: OriginWay,
  state: EdgeState,
): Promise<Verdict> {
  const { exchange } = asked;
  const pass = (request: LaneRequest): Promise<LaneAnswer> => way.gate.pass(request, false);
  // Nothing of it is shown.
  if (asked.method === "HEAD")
    return await answerLane(exchange, way.lane, state, { pass, provenance: "uncertain" });
  const request = askFor(exchange, state, isLong ? undefined : withoutOurs(exchange));
  if (request === undefined) return await answerError(exchange, malformed, state);
  const askedMs = state.monotonicMs();
  const answer = await pass(request);
  way.lane.vitals.note(state.monotonicMs() - askedMs, isFailure(answer));
  if (answer.kind !== "fault") return await answerJudged(asked, answer, way, state);
  const copy = await way.judge.copy(asked);
  if (copy === undefined) return await answerError(exchange, way.lane.options.errors[answer.fault], state);
  return await answerReady(exchange, copy, way, state);
}

function withoutOurs({ request }: Exchange): Headers {
  const headers = new Headers(request.headers);
  for (const name of ours) headers.delete(name);
  return headers;
}

async function answerJudged(
  asked: Asked,
  answer: Passed,
  way: OriginWay,
  state: EdgeState,
): Promise<Verdict> {
  const { exchange } = asked;
  const { judge, limits } = way;
  const { head } = answer;
  const mustBeWhole = judge.needsWhole(asked, head);
  const taken = await take(answer, {
    mustBeWhole,
    isUseful: false,
    bytesMax: limits.judgeBytesMax,
    gathering: judge.gathering,
  });
  if (taken.kind === "stream") {
    const headers = judge.streamedHeaders(asked, head);
    return sendPassed(exchange, taken.answer, { headers, provenance: "uncertain" });
  }
  const judgement =
    taken.kind === "not"
      ? await judge.unjudgeable(asked, head, taken.why)
      : await judge.judge(asked, taken.head, taken.body);
  return await answerReady(exchange, judgement.ready, way, state);
}
