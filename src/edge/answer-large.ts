/** A signed target that is too large to be held: sent piece by piece as the reader takes it, each piece verified, at a minimum pace. */
import { prefixKey } from "../decision/source.ts";
import { answerError, answerUnavailable } from "./answer-error.ts";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { entityTag, headersOf, notModified } from "./forms.ts";
import { idlesAgain, neverIdles } from "./idle.ts";
import { type Entry, next, type Verdict } from "./outcome.ts";
import { pieceStream } from "./piece-stream.ts";
import type { EdgeState } from "./state.ts";

const busy: ErrorAnswer = { status: 503, retryAfterS: 10 };

interface Part {
  readonly status: 200 | 206;
  readonly first: number;
  readonly last: number;
}

export async function answerLarge(exchange: Exchange, entry: Entry, state: EdgeState): Promise<Verdict> {
  const { length } = entry.target;
  const etag = entityTag(entry, undefined);
  const headers = headersOf(entry, undefined, etag, state.tls);
  const known = exchange.request.headers.get("if-none-match");
  if (known !== null && matchesNone(known, etag)) return answerEmpty(exchange, notModified(headers));
  const part = partOf(exchange, length, etag);
  if (part === undefined) return await answerError(exchange, { status: 416, length }, state);
  if (exchange.method === "HEAD") {
    headers.set("content-length", String(length));
    return answerEmpty(exchange, new Response(null, { headers }));
  }
  if (part.status === 206) headers.set("content-range", `bytes ${part.first}-${part.last}/${length}`);
  return await send(exchange, entry, { part, headers }, state);
}

function answerEmpty(exchange: Exchange, response: Response): Verdict {
  exchange.answer(response, 0, "signed");
  return next;
}

/** Undefined where there is no such part. */
function partOf({ method, request }: Exchange, length: number, etag: string): Part | undefined {
  const whole: Part = { status: 200, first: 0, last: length - 1 };
  const header = method === "GET" ? request.headers.get("range") : null;
  if (header === null || !rangeApplies(request.headers.get("if-range"), etag)) return whole;
  const range = readRange(header, length);
  if (range.kind === "whole") return whole;
  return range.kind === "part" ? { status: 206, first: range.first, last: range.last } : undefined;
}

async function send(
  exchange: Exchange,
  { target }: Entry,
  { part, headers }: { readonly part: Part; readonly headers: Headers },
  state: EdgeState,
): Promise<Verdict> {
  const reading = await state.largeBlobs.open(target);
  if (reading.kind === "fault") return await answerUnavailable(exchange, target, reading, state);
  const { first, last, status } = part;
  const body = pieceStream({
    blob: reading.blob,
    first,
    last,
    transfers: state.transfers,
    prefix: prefixKey(exchange.source),
    damaged: (fault) => {
      state.largeBlobs.forget(target);
      state.reportFault(target, fault);
    },
    ended: () => idlesAgain(exchange, state),
  });
  if (body === undefined) {
    await reading.blob[Symbol.asyncDispose]();
    return await answerError(exchange, busy, state);
  }
  // The pace is held here, where the system's own buffers are taken into account; a connection that only looks idle stays.
  neverIdles(exchange);
  state.transfers.begins(last + 1 - first);
  exchange.answer(new Response(body, { status, headers }), last + 1 - first, "signed");
  return next;
}
