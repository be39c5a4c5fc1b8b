/** What an answer brings: whole and in clear, where that is asked for and it is no longer than it may be; else as it comes. */
import { type Gathering, inClear, type NotWhole } from "../judging/whole-body.ts";
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import type { Passed } from "../lane/passage.ts";
import { gather } from "./gather.ts";

export type Taken =
  | { readonly kind: "whole"; readonly head: AnswerHead; readonly body: Uint8Array }
  | { readonly kind: "stream"; readonly answer: Passed }
  /** It had to be whole, and can't be. */
  | { readonly kind: "not"; readonly why: NotWhole };

export interface Taking {
  /** Nothing of it may go out before. */
  readonly mustBeWhole: boolean;
  /** Somebody has a use for the whole. */
  readonly isUseful: boolean;
  readonly bytesMax: number;
  /** How what must be whole is had whole. */
  readonly gathering: Gathering;
}

/** For which a reader waits so that all others get it too. */
const worthMs = 500;

/** Never rejects. */
export async function take(answer: Passed, taking: Taking): Promise<Taken> {
  const { mustBeWhole, isUseful, bytesMax, gathering } = taking;
  const { head } = answer;
  if (answer.kind === "whole") return await cleared(answer, answer.body, taking);
  const isTooLong = head.framing.kind === "length" && head.framing.bytes > bytesMax;
  if (mustBeWhole && isTooLong) return { kind: "not", why: giveUp(answer) };
  if (mustBeWhole) {
    const gathered = await gathering.gather(answer.body);
    return "not" in gathered
      ? { kind: "not", why: gathered.not }
      : await cleared({ kind: "whole", head, body: gathered.body }, gathered.body, taking);
  }
  if (isTooLong || !isUseful || isEndless(head)) return { kind: "stream", answer };
  const gathered = await gather(answer.body, { bytesMax, msMax: worthMs });
  switch (gathered.kind) {
    case "whole":
      return await cleared({ kind: "whole", head, body: gathered.body }, gathered.body, taking);
    case "longer":
      return { kind: "stream", answer: { kind: "stream", head, body: gathered.body } };
    case "broken":
      return { kind: "not", why: "broken" };
  }
}

/** Nobody wants the rest. */
export function giveUp(answer: Passed): "size" {
  if (answer.kind === "stream") answer.body.cancel().catch(() => {});
  return "size";
}

/** Server-sent events: whoever waits for their end waits for good. */
function isEndless({ fields }: AnswerHead): boolean {
  return /^text\/event-stream/i.test(fieldValue(fields, "content-type") ?? "");
}

/** Out of a coding that nobody asked for; what need not be judged may stay in one that can't be undone. */
async function cleared(answer: Passed, body: Uint8Array, { mustBeWhole, bytesMax }: Taking): Promise<Taken> {
  const clear = await inClear({ head: answer.head, body }, bytesMax);
  if (!("not" in clear)) return { kind: "whole", ...clear };
  return mustBeWhole ? { kind: "not", why: clear.not } : { kind: "stream", answer };
}
