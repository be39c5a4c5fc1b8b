/** A request that somebody else's software answers, or the studio: handed on through its lane, and its answer handed back as it comes. */
import type { Provenance } from "../decision/record.ts";
import { prefixKey } from "../decision/source.ts";
import { answerError } from "./answer-error.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { isPartType } from "./forms.ts";
import { idlesAgain, neverIdles } from "./idle.ts";
import type { AnswerHead } from "./lane/answer-head.ts";
import { clientHeaders, fieldValue } from "./lane/answer-headers.ts";
import type { Lane } from "./lane/lane.ts";
import {
  isFailure,
  type LaneAnswer,
  type LaneClient,
  type LaneRequest,
  type Passed,
} from "./lane/passage.ts";
import { type Framing, requestHead } from "./lane/request-head.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

const malformed: ErrorAnswer = { status: 400, close: true };
/** Fetch, section 2.2.6: a Response with one of these must have no body. */
const bodilessStatuses = new Set([204, 205, 304]);

export type Answered = (head: AnswerHead, headers: Headers) => void;

/** How it crosses. */
export interface Crossing {
  /** Into the lane, by whatever stands before it. */
  readonly pass: (asked: LaneRequest) => Promise<LaneAnswer>;
  /** Where it isn't the lane's. */
  readonly provenance?: Provenance | undefined;
  /** What there is to note in the answer's head, and to add to what the client gets. */
  readonly answered?: Answered | undefined;
  /** Where no place was free: what is answered instead of the lane's error. */
  readonly busy?: () => Promise<Verdict>;
}

export async function answerLane(
  exchange: Exchange,
  lane: Lane,
  state: EdgeState,
  { pass, provenance = lane.options.provenance, answered, busy }: Crossing,
): Promise<Verdict> {
  const host = exchange.request.headers.get("host") ?? "";
  const asked = askFor(exchange, exchange.request.headers, state);
  if (asked === undefined) return await answerError(exchange, malformed, state);
  const askedMs = state.monotonicMs();
  const answer = await pass(asked);
  lane.vitals.note(state.monotonicMs() - askedMs, isFailure(answer));
  if (answer.kind === "fault") {
    if (answer.fault === "busy" && busy !== undefined) return await busy();
    return await answerError(exchange, lane.options.errors[answer.fault], state);
  }
  const { head } = answer;
  const headers = clientHeaders(head, {
    origin: lane.options.address.origin,
    scheme: exchange.scheme,
    host,
    tls: state.tls,
    isHead: exchange.method === "HEAD",
  });
  answered?.(head, headers);
  return sendPassed(exchange, answer, { headers, provenance });
}

/** As it came. `headers`: as the client gets them. */
export function sendPassed(
  exchange: Exchange,
  answer: Passed,
  { headers, provenance }: { readonly headers: Headers; readonly provenance: Provenance },
): Verdict {
  const { head } = answer;
  exchange.part = isPartType(fieldValue(head.fields, "content-type") ?? "");
  const response = new Response(bodyOf(answer, exchange.method), { status: head.status, headers });
  exchange.answer(response, lengthOf(answer), provenance);
  return next;
}

/** With these headers; undefined where it can't be passed on as it is. */
export function askFor(
  exchange: Exchange,
  headers: Headers,
  state: EdgeState,
  method = exchange.method,
): LaneRequest | undefined {
  const { request, path, query, address, scheme } = exchange;
  const { body } = request;
  const host = request.headers.get("host") ?? "";
  const framing = framingOf(request);
  const target = query === undefined ? path : `${path}?${query}`;
  const isForStudio = exchange.site === "studio";
  const head = requestHead({ method, target, headers, host, address, scheme, isForStudio }, framing);
  if (head === undefined) return undefined;
  const client = new WaitingClient(exchange, state);
  const prefix = prefixKey(exchange.source);
  const { isKnown, hand } = exchange;
  const sent = framing.kind === "none" ? null : body;
  return { method, head, prefix, isKnown, hand, framing, body: sent, client };
}

/** Who waits for the server behind, or takes a long answer slowly, looks idle to Bun; the lane has its own deadlines. */
export class WaitingClient implements LaneClient {
  readonly #exchange: Exchange;
  readonly #state: EdgeState;
  #lasts = false;

  constructor(exchange: Exchange, state: EdgeState) {
    this.#exchange = exchange;
    this.#state = state;
  }

  lasts(left: () => void): void {
    this.#lasts = true;
    neverIdles(this.#exchange);
    const { signal } = this.#exchange.request;
    if (signal.aborted) left();
    else signal.addEventListener("abort", left, { once: true });
  }

  ended(): void {
    if (this.#lasts) idlesAgain(this.#exchange, this.#state);
  }
}

/** Bun has refused whatever has both, or either twice (hostile-requests.test.ts). */
function framingOf({ headers, body }: Request): Framing {
  const length = headers.get("content-length");
  if (body === null || length === "0") return { kind: "none" };
  return length === null ? { kind: "chunked" } : { kind: "length", bytes: Number(length) };
}

type Whole = Extract<Passed, { kind: "whole" }>;

function bodyOf(answer: Passed, method: string): BodyInit | null {
  if (answer.kind === "stream") return answer.body;
  const { head } = answer;
  if (bodilessStatuses.has(head.status)) return null;
  if (method === "HEAD") return isSaid(head, "content-length") ? null : nothing();
  return wholeBody(answer);
}

/**
 * Bun writes the head of an answer that was not ready at once in some twenty pieces where the body is longer than this, each a
 * call to the system: a tenth of the speed (docs/decisions/0016-our-own-client-behind-the-edge.md).
 */
const writtenAtOnceMax = 15 * 1024;

function wholeBody({ head, body }: Whole): BodyInit | null {
  if (body.length === 0) return null;
  // Bytes would be given a Content-Type where the server said none.
  if (body.length <= writtenAtOnceMax && isSaid(head, "content-type")) return body as Uint8Array<ArrayBuffer>;
  return inOneWrite(body);
}

/** What fits below the mark of a `direct` stream is held until its end, and then written with its head and its length. */
export function inOneWrite(body: Uint8Array): ReadableStream<Uint8Array> {
  const source: Bun.DirectUnderlyingSource<Uint8Array> = {
    type: "direct",
    pull(sink) {
      void sink.write(body);
      sink.close();
    },
  };
  const mark = { highWaterMark: body.length + 1 };
  // Bun's constructor takes it; the one that lib.dom declares hides that.
  return new ReadableStream(source as unknown as UnderlyingDefaultSource<Uint8Array>, mark);
}

/** Without a body Bun would say that its length is 0. */
function nothing(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (control) => control.close() }, { highWaterMark: 0 });
}

function isSaid({ fields }: AnswerHead, wanted: string): boolean {
  return fieldValue(fields, wanted) !== undefined;
}

/** As far as it is known before it is sent. */
function lengthOf(answer: Passed): number {
  const { framing } = answer.head;
  if (answer.kind === "whole") return answer.body.length;
  return framing.kind === "length" ? framing.bytes : 0;
}
