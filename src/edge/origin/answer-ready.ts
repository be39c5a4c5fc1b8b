/** What was judged goes out, in the form that this reader takes; counted as shown. */
import { AnswerForms } from "../cache/answer-forms.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import type { Exchange } from "../exchange.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import type { Ready } from "../judging/ready.ts";
import type { OriginWay } from "./way.ts";

export function answerReady(
  exchange: Exchange,
  ready: Ready,
  way: OriginWay,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  way.judge.shown(ready);
  return sendAnswer(exchange, new AnswerForms({ ...ready, headers: [...ready.headers] }), state);
}
