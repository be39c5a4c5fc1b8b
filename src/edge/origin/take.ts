/** What an answer brings: whole and in clear, where that is asked for and it is no longer than it may be; else as it comes. */
import type { AnswerHead } from "../lane/answer-head.ts";
import { fieldValue } from "../lane/answer-headers.ts";
import type { Passed } from "../lane/passage.ts";
import { decoded, type Gathering, type NotWhole } from "../judging/whole-body.ts";
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
  /** How what has to be whole is had whole. */
  readonly gathering: Gathering;
}

/** For which a reader waits so that all others get it too. */
const worthMs = 500;

/** Never rejects. */
export async function take(answer: Passed, taking: Taking): Promise<Taken> {
  const { mustBeWhole, isUseful, bytesMax } = taking;
  const { head } = answer;
  if (answer.kind === "whole") return await inClear(answer, answer.body, taking);
  const isTooLong = head.framing.kind === "length" && head.framing.bytes > bytesMax;
  if (!mustBeWhole && (isTooLong || !isUseful || isEndless(head))) return { kind: "stream", answer };
  if (isTooLong) return { kind: "not", why: giveUp(answer) };
  if (mustBeWhole) return await takeWhole(answer, taking);
  const gathered = await gather(answer.body, { bytesMax, msMax: worthMs });
  if (gathered.kind === "broken") return { kind: "not", why: "broken" };
  if (gathered.kind === "whole")
    return await inClear({ kind: "whole", head, body: gathered.body }, gathered.body, taking);
  return { kind: "stream", answer: { kind: "stream", head, body: gathered.body } };
}

async function takeWhole(answer: Extract<Passed, { kind: "stream" }>, taking: Taking): Promise<Taken> {
  const gathered = await taking.gathering.gather(answer.body);
  return "not" in gathered
    ? { kind: "not", why: gathered.not }
    : await inClear({ kind: "whole", head: answer.head, body: gathered.body }, gathered.body, taking);
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

/** About the form of the body that it is taken out of. */
const codingFields = new Set([
  "content-encoding",
  "content-length",
  "content-md5",
  "digest",
  "content-digest",
]);

/**
 * Out of a coding that nobody asked for; what need not be judged may stay in one that we don't know. Several at once are how limits are got around:
 * those are none we know.
 */
async function inClear(answer: Passed, body: Uint8Array, { mustBeWhole, bytesMax }: Taking): Promise<Taken> {
  const { head } = answer;
  const coding = (fieldValue(head.fields, "content-encoding") ?? "").trim().toLowerCase();
  if (coding === "" || coding === "identity") return { kind: "whole", head, body };
  const plain = await decoded(head, body, bytesMax);
  if ("not" in plain) return mustBeWhole ? { kind: "not", why: plain.not } : { kind: "stream", answer };
  const fields = head.fields.filter(([name]) => !codingFields.has(name));
  return { kind: "whole", head: { ...head, fields }, body: plain.body };
}
