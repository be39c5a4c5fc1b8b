/** What was judged goes out, in the form that this reader takes, counted as shown; or what stands for an answer that didn't come. */
import { answerError } from "../answer-error.ts";
import { AnswerForms } from "../cache/answer-forms.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import type { Ready } from "../judging/ready.ts";
import type { LaneFault } from "../lane/passage.ts";
import type { Verdict } from "../outcome.ts";
import type { Errand } from "./errand.ts";

export function answerReady({ exchange, way, state }: Errand, ready: Ready): Verdict | Promise<Verdict> {
  way.judge.shown(ready);
  return sendAnswer(exchange, new AnswerForms({ ...ready, headers: [...ready.headers] }), state);
}

/** The approved copy, or words. */
export async function answerFault(errand: Errand, fault: LaneFault): Promise<Verdict> {
  const { exchange, way, state } = errand;
  const copy = await way.judge.copy(errand);
  if (copy !== undefined) return await answerReady(errand, copy);
  return await answerError(exchange, way.lane.options.errors[fault], state);
}
