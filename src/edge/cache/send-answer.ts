/** What is kept of the origin's, in the form that this reader takes, or the part of it that they asked for: without the origin. */
import { answerError } from "../answer-error.ts";
import { inOneWrite } from "../answer-lane.ts";
import { matchesNone, rangeApplies, readRange } from "../conditions.ts";
import type { Exchange } from "../exchange.ts";
import { notModified } from "../forms.ts";
import { next, type Verdict } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import type { AnswerForm, AnswerForms } from "./answer-forms.ts";

/** A promise only where its compressed form has to be made first. */
export function sendAnswer(
  exchange: Exchange,
  answer: AnswerForms,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { headers } = exchange.request;
  exchange.part = answer.isPart;
  exchange.hasForm = answer.hasForm;
  // Parts are always of the uncompressed form.
  const ranged = exchange.method === "GET" && answer.status === 200 ? headers.get("range") : null;
  if (ranged !== null) return answerRange(exchange, answer, ranged, state);
  const coding = answer.isCompressible ? state.codings.find(headers.get("accept-encoding"))[0] : undefined;
  if (coding === undefined) return answerForm(exchange, answer, answer.plain);
  const form = answer.coded(coding);
  if (form !== undefined) return answerForm(exchange, answer, form);
  return answer.make(coding).then((made) => answerForm(exchange, answer, made));
}

function answerForm(exchange: Exchange, answer: AnswerForms, form: AnswerForm): Verdict {
  const { provenance } = answer;
  if (isKnownToReader(exchange, answer, form)) {
    exchange.answer(notModified(form.init.headers), 0, provenance);
  } else {
    const body = answer.untyped === undefined ? form.body : inOneWrite(answer.untyped);
    exchange.answer(new Response(body, form.init), form.body?.size ?? 0, provenance);
  }
  return next;
}

/** Entity tags first; where one is named, dates don't count (RFC 9110, section 13.2.2). */
export function isKnownToReader(
  { request }: Exchange,
  { status, lastModifiedMs }: Pick<AnswerForms, "status" | "lastModifiedMs">,
  { etag }: Pick<AnswerForm, "etag">,
): boolean {
  if (status !== 200) return false;
  const known = request.headers.get("if-none-match");
  if (known !== null) return etag !== undefined && matchesNone(known, etag.replace(/^W\//, ""));
  const since = request.headers.get("if-modified-since");
  return since !== null && lastModifiedMs <= Date.parse(since);
}

function answerRange(
  exchange: Exchange,
  answer: AnswerForms,
  header: string,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const { plain } = answer;
  const { provenance } = answer;
  const length = plain.body?.size ?? 0;
  const range = applies(exchange, plain) ? readRange(header, length) : undefined;
  if (
    isKnownToReader(exchange, answer, plain) ||
    plain.body === null ||
    range === undefined ||
    range.kind === "whole"
  )
    return answerForm(exchange, answer, plain);
  if (range.kind === "unsatisfiable") return answerError(exchange, { status: 416, length }, state);
  const body = plain.body.slice(range.first, range.last + 1);
  const headers = new Headers(plain.init.headers);
  headers.set("content-range", `bytes ${range.first}-${range.last}/${length}`);
  exchange.answer(new Response(body, { status: 206, headers }), body.size, provenance);
  return next;
}

/** A weak tag never names the very same bytes. */
function applies({ request }: Exchange, { etag }: AnswerForm): boolean {
  const wanted = request.headers.get("if-range");
  return wanted === null || (etag?.startsWith('"') === true && rangeApplies(wanted, etag));
}
