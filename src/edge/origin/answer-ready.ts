/** What was judged goes out, in the form that this reader takes, counted as shown; or what stands for an answer that didn't come. */
import { answerError } from "../answer-error.ts";
import { AnswerForms } from "../cache/answer-forms.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import type { ErrorAnswer } from "../errors.ts";
import { meetAgain } from "../gates/meet-again.ts";
import { bytesOf, sendLeft } from "../gone/send-left.ts";
import { answerCopy } from "../lite/answer-copy.ts";
import { textAddress } from "../gone/text-form.ts";
import { nothingSent } from "../gone/words.ts";
import type { Ready } from "../judging/ready.ts";
import type { LaneFault } from "../lane/passage.ts";
import { answerMaintenance } from "../maintenance/answer-maintenance.ts";
import { nothingLeft } from "../maintenance/maintenance-for.ts";
import type { Verdict } from "../outcome.ts";
import type { Errand } from "./errand.ts";

export function answerReady(errand: Errand, ready: Ready): Verdict | Promise<Verdict> {
  const { exchange, way, state } = errand;
  way.judge.shown(ready);
  const { awaySinceMs: sinceMs } = way.gate;
  const answer = { ...ready, headers: [...ready.headers] };
  const { body } = ready;
  const page = ready.kind === "copy" && state.service !== "normal" ? way.judge.pageOf(errand) : undefined;
  const lite =
    page === undefined
      ? undefined
      : answerCopy(errand, { of: body, page, answer, body: () => bytesOf(body) });
  if (lite !== undefined) return lite;
  if (ready.kind !== "copy" || sinceMs === undefined)
    return sendAnswer(exchange, new AnswerForms(answer), state);
  return sendLeft(
    exchange,
    { of: ready.body, answer: async () => answer, sinceMs, textAt: textAddress(errand) },
    state,
  );
}

/** An origin that is back is asked again within seconds. */
const gone: ErrorAnswer = { status: 503, retryAfterS: 120, close: true, words: nothingSent };

/** The approved copy, or words that say what can't be done; where the origin is away and nothing of it was approved, maintenance. */
export async function answerFault(errand: Errand, fault: LaneFault): Promise<Verdict> {
  const { exchange, way, state } = errand;
  const copy = await way.judge.copy(errand);
  if (copy !== undefined) return await answerReady(errand, copy);
  const met = fault === "busy" ? await meetAgain(errand) : undefined;
  if (met !== undefined) return met;
  if (!way.gate.isAway) return await answerError(exchange, way.lane.options.errors[fault], state);
  if (!way.judge.hasBaseline) return await answerMaintenance(exchange, nothingLeft, state);
  return await answerError(exchange, gone, state);
}
