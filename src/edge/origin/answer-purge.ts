/** `PURGE`, by which the caching plugins of a site's software say what they changed. Never the origin's business. */
import { answerError } from "../answer-error.ts";
import { purgesAsked } from "../cache/purge-request.ts";
import type { ErrorAnswer } from "../errors.ts";
import { next, type Verdict } from "../outcome.ts";
import { securityHeaders } from "../security-headers.ts";
import { notYoursToPurge } from "../words.ts";
import type { Errand } from "./errand.ts";
import { forget } from "./forgetting.ts";

export const purgeMethod = "PURGE";

const refused: ErrorAnswer = { status: 403, close: true, words: notYoursToPurge };
const type = "text/plain; charset=utf-8";

export function answerPurge({ exchange, way, state }: Errand): Verdict | Promise<Verdict> {
  if (!way.purgers.has(exchange)) return answerError(exchange, refused, state);
  const body = "purged\n";
  for (const what of purgesAsked(exchange, exchange.request.headers)) forget(way, what);
  const headers = {
    "content-type": type,
    "cache-control": "no-store",
    ...securityHeaders(undefined, type, state.tls),
  };
  exchange.answer(new Response(body, { headers }), body.length, "dynamic");
  return next;
}
