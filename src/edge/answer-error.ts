/** Answers that explain why it isn't the page: the edition's signed page for it, with this case's headers, or the plain one that can name reasons. */
import type { Target } from "../edition/target.ts";
import type { Coding } from "./accept-encoding.ts";
import type { BlobFault } from "./blob-fault.ts";
import { type ErrorAnswer, languageOf, type Prepared } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { type Entry, next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

/** A repair takes moments. */
const unavailable: ErrorAnswer = { status: 503, retryAfterS: 5 };

export function answerError(
  exchange: Exchange,
  error: ErrorAnswer,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  const language = languageOf(exchange.path, state.languages);
  // A signed page can't know why an operator keeps this network out, nor until when: whoever is refused has a right to both.
  const isSpecial = error.reason !== undefined || error.words !== undefined;
  const entry = isSpecial ? undefined : state.book?.errorPage(error.status, language);
  return sendSigned(exchange, { entry, error, otherwise: () => state.errors.plain(error, language) }, state);
}

export interface SignedAnswer {
  /** Undefined: the edition has no such page. */
  readonly entry: Entry | undefined;
  /** What its headers are to say. */
  readonly error: ErrorAnswer;
  /** Where it can't be had. */
  readonly otherwise: () => Prepared;
}

/** A page of the edition's that stands in for another. */
export function sendSigned(
  exchange: Exchange,
  { entry, error, otherwise }: SignedAnswer,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  if (entry === undefined || entry.target.length >= state.limits.largeBytes) {
    return send(exchange, otherwise());
  }
  const coding = wantedCoding(exchange, entry, state);
  const held = state.pages.held(entry, coding);
  if (held !== undefined) return send(exchange, state.errors.signed(error, held));
  return state.pages.make(entry, coding).then((reading) => {
    if (reading.kind === "form") return send(exchange, state.errors.signed(error, reading.form));
    state.reportFault(entry.target, reading);
    return send(exchange, otherwise());
  });
}

/** This page alone is missing; everything else is served as before. */
export function answerUnavailable(
  exchange: Exchange,
  target: Target,
  fault: BlobFault,
  state: EdgeState,
): Verdict | Promise<Verdict> {
  state.reportFault(target, fault);
  return answerError(exchange, unavailable, state);
}

function send(exchange: Exchange, { body, init, provenance }: Prepared): Verdict {
  exchange.answer(new Response(body, init), body.size, provenance);
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
