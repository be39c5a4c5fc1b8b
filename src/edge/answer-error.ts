/** Answers that explain why it isn't the page: the edition's signed page for it, with this case's headers, else the plain one. */
import type { Entry } from "./outcome.ts";
import type { BlobReading } from "./blobs.ts";
import { type ErrorAnswer, errorHeaders, languageOf, plainPage } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

/** A repair takes moments. */
const repairS = 5;

export function answerError(exchange: Exchange, error: ErrorAnswer, state: EdgeState): Verdict {
  const language = languageOf(exchange.path, state.languages);
  const signed = signedPage(exchange, error, state.book?.errorPage(error.status, language), state);
  if (signed) return next;
  exchange.answer(plainPage(error, language, state.tls), 0, "dynamic");
  return next;
}

/** This page alone is missing; everything else is served as before. */
export function answerUnavailable(
  exchange: Exchange,
  { target }: Entry,
  { fault, detail }: BlobReading & { readonly kind: "fault" },
  state: EdgeState,
): Verdict {
  state.reportFault(target, fault, detail);
  return answerError(exchange, { status: 503, retryAfterS: repairS }, state);
}

/** False where there is none, or it is damaged itself. */
function signedPage(
  exchange: Exchange,
  error: ErrorAnswer,
  entry: Entry | undefined,
  state: EdgeState,
): boolean {
  if (entry === undefined || entry.target.length >= state.limits.largeBytes) return false;
  const reading = state.pages.load(entry);
  if (reading.kind === "fault") {
    state.reportFault(entry.target, reading.fault, reading.detail);
    return false;
  }
  const accepted = state.codings.find(exchange.request.headers.get("accept-encoding"));
  const form = state.pages.readyForm(reading.page, accepted);
  const headers = new Headers(form.whole.headers);
  for (const name of ["etag", "accept-ranges"]) headers.delete(name);
  for (const [name, value] of Object.entries(errorHeaders(error))) headers.set(name, value);
  exchange.answer(new Response(form.body, { status: error.status, headers }), form.body.length, "signed");
  return true;
}
