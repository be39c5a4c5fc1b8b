/** Answers that explain why it isn't the page: the edition's signed page for it, with this case's headers, else the plain one. */
import type { LanguageTag } from "../language/tags.ts";
import type { Coding } from "./accept-encoding.ts";
import type { BlobFault } from "./blob-fault.ts";
import { type ErrorAnswer, errorHeaders, languageOf, plainPage } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import type { Form } from "./forms.ts";
import { type Entry, next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

/** Seconds; a repair takes moments. */
const repairS = 5;

export function answerError(
  exchange: Exchange,
  error: ErrorAnswer,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const language = languageOf(exchange.path, state.languages);
  const entry = state.book?.errorPage(error.status, language);
  if (entry === undefined || entry.target.length >= state.limits.largeBytes) {
    return answerPlain(exchange, error, language, state);
  }
  const coding = wantedCoding(exchange, entry, state);
  const held = state.pages.held(entry, coding);
  if (held !== undefined) return answerSigned(exchange, error, held);
  return state.pages.make(entry, coding).then((reading) => {
    if (reading.kind === "form") return answerSigned(exchange, error, reading.form);
    state.reportFault(entry.target, reading);
    return answerPlain(exchange, error, language, state);
  });
}

/** This page alone is missing; everything else is served as before. */
export function answerUnavailable(
  exchange: Exchange,
  { target }: Entry,
  fault: BlobFault,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  state.reportFault(target, fault);
  return answerError(exchange, { status: 503, retryAfterS: repairS }, state);
}

function answerPlain(
  exchange: Exchange,
  error: ErrorAnswer,
  language: LanguageTag,
  { tls }: EdgeState,
): Verdict {
  const { response, bytes } = plainPage(error, language, tls);
  exchange.answer(response, bytes, "dynamic");
  return next;
}

function answerSigned(exchange: Exchange, error: ErrorAnswer, form: Form): Verdict {
  const headers = new Headers(form.whole.headers);
  for (const name of ["etag", "accept-ranges"]) headers.delete(name);
  for (const [name, value] of Object.entries(errorHeaders(error))) headers.set(name, value);
  exchange.answer(new Response(form.body, { status: error.status, headers }), form.body.size, "signed");
  return next;
}

/** The best one that this client takes and that this answer can have; undefined: as it is. */
export function wantedCoding(
  { request }: Exchange,
  entry: Entry,
  { codings }: EdgeState,
): Coding | undefined {
  return entry.isCompressible ? codings.find(request.headers.get("accept-encoding"))[0] : undefined;
}
