/** A signed target that is too large to be held: sent piece by piece as the reader takes it, each piece verified, at a minimum pace. */
import type { Entry } from "./outcome.ts";
import { answerError, answerUnavailable } from "./answer-error.ts";
import { matchesNone, rangeApplies, readRange } from "./conditions.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import { entityTag, headersOf } from "./forms.ts";
import type { LargeBlob } from "./large-blobs.ts";
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
  if (known !== null && matchesNone(known, etag)) {
    exchange.answer(new Response(null, { status: 304, headers }), 0, "signed");
    return next;
  }
  const part = partOf(exchange, length, etag);
  if (part === undefined) return answerError(exchange, { status: 416, length }, state);
  if (part.status === 206) headers.set("content-range", `bytes ${part.first}-${part.last}/${length}`);
  if (exchange.method === "HEAD") {
    headers.set("content-length", String(length));
    exchange.answer(new Response(null, { headers }), 0, "signed");
    return next;
  }
  return send(exchange, entry, { part, headers }, state);
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
  entry: Entry,
  { part, headers }: { readonly part: Part; readonly headers: Headers },
  state: EdgeState,
): Promise<Verdict> {
  const reading = await state.largeBlobs.open(entry.target);
  if (reading.kind === "fault") return answerUnavailable(exchange, entry, reading, state);
  const body = pieces(reading.blob, part, entry, state);
  if (body === undefined) {
    await reading.blob[Symbol.asyncDispose]();
    return answerError(exchange, busy, state);
  }
  // The pace is held here, where the system's own buffers are taken into account; a connection that only looks idle stays.
  exchange.server.timeout(exchange.request, 0);
  exchange.answer(new Response(body, { status: part.status, headers }), part.last + 1 - part.first, "signed");
  return next;
}

/** Undefined where too many large answers are on their way already. */
function pieces(
  blob: LargeBlob,
  { first, last }: Part,
  { target }: Entry,
  { transfers, largeBlobs, reportFault }: EdgeState,
): ReadableStream<Uint8Array> | undefined {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  let offset = first;
  const transfer = transfers.start(() => {
    control?.error(new Error("cut: taken too slowly"));
    void blob[Symbol.asyncDispose]();
  });
  if (transfer === undefined) return undefined;
  const end = async (): Promise<void> => {
    transfers.end(transfer);
    await blob[Symbol.asyncDispose]();
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const piece = (await blob.piece(offset))?.subarray(0, last + 1 - offset);
    if (piece === undefined) {
      largeBlobs.forget(target);
      reportFault(target, { kind: "fault", fault: "damaged", detail: `from byte ${offset} on` });
      await end();
      controller.error(new Error("cut: the blob on disk is damaged"));
      return;
    }
    controller.enqueue(piece);
    transfers.took(transfer, piece.length);
    offset += piece.length;
    if (offset <= last) return;
    await end();
    controller.close();
  };
  return new ReadableStream(
    {
      start(controller) {
        control = controller;
      },
      pull,
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
