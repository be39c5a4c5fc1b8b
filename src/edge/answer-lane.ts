/** A request that somebody else's software answers, or the studio: handed on through its lane, and its answer handed back as it comes. */
import { prefixKey } from "../decision/source.ts";
import { answerError } from "./answer-error.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { isPartType } from "./forms.ts";
import type { AnswerHead } from "./lane/answer-head.ts";
import { clientHeaders } from "./lane/answer-headers.ts";
import type { Lane } from "./lane/lane.ts";
import type { LaneAnswer, LaneRequest } from "./lane/passage.ts";
import { type Framing, requestHead } from "./lane/request-head.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** Fetch, section 2.2.6: a Response with one of these must have no body. */
const bodilessStatuses = new Set([204, 205, 304]);

export async function answerLane(exchange: Exchange, lane: Lane, state: EdgeState): Promise<Verdict> {
  const asked = askFor(exchange, state);
  if (asked === undefined) return await answerError(exchange, malformed, state);
  // Who waits for the server behind, or takes a long answer slowly, looks idle to Bun; the lane has its own deadlines.
  exchange.server.timeout(exchange.request, 0);
  const answer = await lane.pass(asked);
  if (answer.kind === "fault") return await answerError(exchange, lane.options.errors[answer.fault], state);
  const { head } = answer;
  const headers = clientHeaders(head, {
    origin: lane.options.address.origin,
    publicOrigin: `${exchange.scheme}://${hostOf(exchange)}`,
    tls: state.tls,
    isHead: exchange.method === "HEAD",
  });
  exchange.part = isPartType(headers.get("content-type") ?? "");
  const response = new Response(bodyOf(answer, exchange.method), { status: head.status, headers });
  exchange.answer(response, lengthOf(answer), lane.options.provenance);
  return next;
}

/** Undefined where it can't be passed on as it is. */
function askFor(exchange: Exchange, state: EdgeState): LaneRequest | undefined {
  const { request, server, method, path, query, address, scheme } = exchange;
  const { headers, body, signal } = request;
  const framing = framingOf(request);
  const target = query === undefined ? path : `${path}?${query}`;
  const isForStudio = exchange.site === "studio";
  const asked = { method, target, headers, host: hostOf(exchange), address, scheme, isForStudio };
  const head = requestHead(asked, framing);
  if (head === undefined) return undefined;
  const ended = (): void => server.timeout(request, state.limits.idleTimeoutS);
  const prefix = prefixKey(exchange.source);
  return { method, head, prefix, framing, body: framing.kind === "none" ? null : body, signal, ended };
}

/** Bun has refused whatever has both, or either twice (hostile-requests.test.ts). */
function framingOf({ headers, body }: Request): Framing {
  const length = headers.get("content-length");
  if (body === null || length === "0") return { kind: "none" };
  return length === null ? { kind: "chunked" } : { kind: "length", bytes: Number(length) };
}

function hostOf({ request }: Exchange): string {
  return request.headers.get("host") ?? "";
}

/**
 * Bun writes the head of an answer that was not ready at once in some twenty pieces where the body is longer than this, each a
 * call to the system: a tenth of the speed. A stream that ends in its first pull goes out in one, though without its length.
 */
const writtenAtOnceMax = 15 * 1024;

type Whole = Extract<LaneAnswer, { kind: "whole" }>;
type Passed = Exclude<LaneAnswer, { kind: "fault" }>;

function bodyOf(answer: Passed, method: string): BodyInit | null {
  if (answer.kind === "stream") return answer.body;
  const { head } = answer;
  if (bodilessStatuses.has(head.status)) return null;
  if (method === "HEAD") return isSaid(head, "content-length") ? null : nothing();
  return wholeBody(answer);
}

function wholeBody({ head, body }: Whole): BodyInit | null {
  if (body.length === 0) return null;
  // Bytes would be given a Content-Type where the server said none.
  if (body.length <= writtenAtOnceMax && isSaid(head, "content-type")) return body;
  const source: Bun.DirectUnderlyingSource<Uint8Array> = {
    type: "direct",
    pull(sink) {
      void sink.write(body);
      sink.close();
    },
  };
  // Bun's constructor takes it; the one that lib.dom declares hides that.
  return new ReadableStream(source as unknown as UnderlyingDefaultSource<Uint8Array>);
}

/** Without a body Bun would say that its length is 0. */
function nothing(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (control) => control.close() }, { highWaterMark: 0 });
}

function isSaid({ fields }: AnswerHead, wanted: string): boolean {
  return fields.some(([name]) => name === wanted);
}

/** As far as it is known before it is sent. */
function lengthOf(answer: Passed): number {
  const { framing } = answer.head;
  if (answer.kind === "whole") return answer.body.length;
  return framing.kind === "length" ? framing.bytes : 0;
}
