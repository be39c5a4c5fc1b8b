/** What is left of the protected site while it can't be reached goes out: pages with a line above them that says so, everything else as it is. */
import { interfaceOf } from "../../language/tags.ts";
import { AnswerForms, type WholeAnswer } from "../cache/answer-forms.ts";
import { sendAnswer } from "../cache/send-answer.ts";
import { languageOf } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import type { Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { type NoticeFacts, withNotice } from "./notice.ts";

export interface Left {
  /** What it is made of: made once for as long as that exists. */
  readonly of: object;
  readonly answer: () => Promise<WholeAnswer>;
  /** Since when the site can't be reached, ms since 1970. */
  readonly sinceMs: number;
  /** Of an approved copy: where its text is. */
  readonly textAt?: string | undefined;
}

/** Of other bytes than these, or of a time when the site was there. */
const notAnyMore = new Set([
  "etag",
  "last-modified",
  "expires",
  "age",
  "content-length",
  "digest",
  "content-digest",
]);

interface Made {
  readonly sinceMs: number;
  readonly forms: Promise<AnswerForms>;
}

const made = new WeakMap<object, Made>();

export async function sendLeft(
  exchange: Exchange,
  { of, answer, sinceMs, textAt }: Left,
  state: EdgeState,
): Promise<Verdict> {
  const before = made.get(of);
  const forms =
    before?.sinceMs === sinceMs ? before.forms : makeForms(exchange, { answer, sinceMs, textAt }, state);
  made.set(of, { sinceMs, forms });
  return await sendAnswer(exchange, await forms, state);
}

async function makeForms(
  { path }: Exchange,
  { answer, sinceMs, textAt }: Omit<Left, "of">,
  { languages, timeZone }: EdgeState,
): Promise<AnswerForms> {
  const whole = await answer();
  const language = interfaceOf(languageOf(path, languages));
  const form = whole.provenance === "judged" ? "approved" : "kept";
  return new AnswerForms(await left(whole, { sinceMs, language, timeZone, form, textAt }));
}

/** The true page is to be seen again as soon as it is back. */
async function left(answer: WholeAnswer, facts: NoticeFacts): Promise<WholeAnswer> {
  const type = answer.headers.find(([name]) => name === "content-type")?.[1] ?? "";
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return answer;
  const headers = answer.headers.filter(([name]) => !notAnyMore.has(name) && name !== "cache-control");
  const body = withNotice(await bytesOf(answer.body), facts);
  return { ...answer, headers: [...headers, ["cache-control", "no-cache"]], body };
}

export async function bytesOf(body: WholeAnswer["body"]): Promise<Uint8Array> {
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
}
