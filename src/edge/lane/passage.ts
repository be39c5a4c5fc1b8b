/**
 * One request on its way through a lane and its answer on the way back. Whoever is waited for has a deadline: the server while it
 * connects, takes the request, answers; the client (by its pace) while it sends or takes a body. However it ends, it ends once.
 */
import type { Hand } from "../gates/hand.ts";
import type { Transfer, Transfers } from "../transfers.ts";
import { AnswerBody } from "./answer-body.ts";
import { type AnswerHead, answerHeadBytesMax, readAnswerHead } from "./answer-head.ts";
import type { Connection, ConnectionUser } from "./connection.ts";
import { Delivery } from "./delivery.ts";
import { type Flow, Pieces } from "./pieces.ts";
import type { Framing } from "./request-head.ts";

export interface LaneRequest {
  readonly method: string;
  readonly head: Uint8Array;
  readonly framing: Framing;
  readonly body: ReadableStream<Uint8Array> | null;
  /** The client's /24 or /48 (src/decision/source.ts). */
  readonly prefix: number;
  /** Who is known by more than that has a share of the lane's places for themselves. */
  readonly holder?: string;
  /** The client is in good standing (Exchange.isKnown). */
  readonly isKnown?: boolean;
  /** What it has in hand at the origin's gate. */
  readonly hand?: Hand | undefined;
  /** Nobody waits for the answer. */
  readonly isBackground?: boolean;
  readonly client: LaneClient;
}

/** Whose request it is. */
export interface LaneClient {
  /** Called at most once, where it takes longer than a moment: from now on `left` is to be called when the client leaves. */
  lasts(left: () => void): void;
  /** Called at most once: all of its request is on its way to the server, whose turn it is now. */
  sent?(): void;
  /** Called once when nothing is waited for any more. */
  ended(): void;
}

export const laneFaults = [
  /** As many requests are on their way as may be. */
  "busy",
  /** No connection. */
  "unreachable",
  /** No answer in time. */
  "silent",
  /** Something that is no answer, or an end before the answer's. */
  "broken",
  /** The client sent its body too slowly. */
  "too-slow",
  /** The client sent more than is handed on. */
  "too-large",
  /** The client left. */
  "gone",
] as const;
export type LaneFault = (typeof laneFaults)[number];

export type LaneAnswer =
  | { readonly kind: "whole"; readonly head: AnswerHead; readonly body: Uint8Array }
  | { readonly kind: "stream"; readonly head: AnswerHead; readonly body: ReadableStream<Uint8Array> }
  | { readonly kind: "fault"; readonly fault: LaneFault };

/** An answer there is. */
export type Passed = Exclude<LaneAnswer, { readonly kind: "fault" }>;

/** The server's, or because it is slow: what a client did wrong is none. */
export function isFailure(answer: LaneAnswer): boolean {
  if (answer.kind !== "fault") return answer.head.status >= 500;
  return ["busy", "unreachable", "silent", "broken"].includes(answer.fault);
}

export interface LaneLimits {
  readonly connectMs: number;
  readonly answerMs: number;
  /** For which a body may stand still. */
  readonly idleMs: number;
  /** Of a request. */
  readonly bodyBytesMax: number;
}

/** What all passages of a lane share. */
export interface PassageOptions {
  readonly limits: LaneLimits;
  readonly transfers: Transfers;
  readonly monotonicMs: () => number;
  readonly dial: () => Promise<Connection>;
  /** The connection can carry another request. */
  readonly keep: (connection: Connection) => void;
  /** How it was answered; what goes wrong later only cuts the client. */
  readonly answered: (answer: LaneAnswer) => void;
  /** Nothing is held for it any more. */
  readonly over: (passage: Passage) => void;
}

/** Answers up to this length are gathered first: what goes wrong in them can still be told with a page. */
const gatheredBytesMax = 64 * 1024;
/** 100 and 103 come once or twice. */
const informationalMax = 16;
const never = Number.POSITIVE_INFINITY;
const nothing = Buffer.alloc(0);

export class Passage implements ConnectionUser, Flow {
  /** Of the monotonic clock. */
  deadlineMs = never;
  readonly #request: LaneRequest;
  readonly #options: PassageOptions;
  readonly #answer = Promise.withResolvers<LaneAnswer>();
  readonly #pieces = new Pieces(this);
  #step: "dialling" | "sending" | "answering" | "taken" | "over" = "dialling";
  #connection: Connection | undefined;
  /** The connection was used before: the server may have closed it just when the request was sent. */
  #kept = false;
  #lasts = false;
  #unread: Buffer = nothing;
  #informational = 0;
  #heard = false;
  #isSent = false;
  #room: (() => void) | undefined;
  #head: AnswerHead | undefined;
  #body: AnswerBody | undefined;
  #delivery: Delivery | undefined;

  constructor(request: LaneRequest, options: PassageOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** `kept`: only for a request that may be sent twice. */
  run(kept: Connection | undefined): Promise<LaneAnswer> {
    if (this.#request.body !== null) this.lasts();
    if (kept === undefined) void this.#dial();
    else this.#use(kept, true);
    return this.#answer.promise;
  }

  /** It takes longer than a moment. Most don't, and looking after a client costs a tenth of a short request. */
  lasts(): void {
    if (this.#lasts || this.#step === "over") return;
    this.#lasts = true;
    this.#request.client.lasts(() => this.#fail("gone"));
  }

  /** The deadline has passed. */
  overdue(): void {
    this.#fail(this.#step === "dialling" ? "unreachable" : "silent");
  }

  data(bytes: Buffer): void {
    this.#heard = true;
    const rest = this.#body === undefined ? this.#readHead(bytes) : bytes;
    if (rest === undefined || this.#body === undefined) return;
    const pieces = this.#body.read(rest);
    if (pieces === undefined) return this.#fail("broken");
    for (const piece of pieces) this.#pieces.push(piece);
    this.#progress();
  }

  drained(): void {
    this.#room?.();
    this.#room = undefined;
  }

  closed(clean: boolean): void {
    this.#connection = undefined;
    if (this.#kept && !this.#heard) return void this.#dial();
    if (clean && this.#body?.end() === true) return this.#progress();
    this.#fail("broken");
  }

  holdBack(): void {
    this.#connection?.pause();
    this.deadlineMs = never;
  }

  letGo(): void {
    this.#connection?.resume();
    if (this.#connection !== undefined) this.#wait(this.#options.limits.idleMs);
  }

  async #dial(): Promise<void> {
    if (this.#step === "over") return;
    this.#step = "dialling";
    this.#wait(this.#options.limits.connectMs);
    const connection = await this.#options.dial().catch(() => undefined);
    if (connection === undefined) this.#fail("unreachable");
    else if (this.#step === "dialling") this.#use(connection, false);
    else connection.close();
  }

  #use(connection: Connection, kept: boolean): void {
    if (this.#step === "over") return connection.close();
    this.#step = "sending";
    this.#connection = connection;
    this.#kept = kept;
    connection.user = this;
    const { head, body } = this.#request;
    connection.write(head);
    if (body === null) this.#sent();
    else void this.#send(body.getReader(), connection);
  }

  async #send(reader: ReadableStreamDefaultReader<Uint8Array>, connection: Connection): Promise<void> {
    const { transfers } = this.#options;
    const transfer = transfers.start(() => this.#fail("too-slow"));
    const stopped = (): void => {
      if (this.#connection === connection) this.#fail("gone");
    };
    try {
      this.deadlineMs = never;
      const isComplete = transfer !== undefined && (await this.#copy(reader, connection, transfer));
      if (isComplete) this.#sent();
      else stopped();
    } catch {
      stopped();
    } finally {
      if (transfer !== undefined) transfers.end(transfer);
      if (!this.#isSent) reader.cancel().catch(() => {});
    }
  }

  /** False where the client stopped before its end, or it isn't wanted any more. */
  async #copy(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    connection: Connection,
    transfer: Transfer,
  ): Promise<boolean> {
    const { framing } = this.#request;
    const { transfers, limits } = this.#options;
    let total = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      total += next.value.length;
      if (total > limits.bodyBytesMax) this.#fail("too-large");
      if (this.#connection !== connection) return false;
      transfers.took(transfer, next.value.length);
      transfers.hold(transfer);
      if (!connection.write(framing.kind === "chunked" ? chunk(next.value) : next.value))
        await this.#roomIn(connection);
      transfers.goOn(transfer);
    }
    if (framing.kind === "chunked") connection.write(chunk(new Uint8Array()));
    return framing.kind !== "length" || total === framing.bytes;
  }

  async #roomIn(connection: Connection): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#room = resolve;
    this.#wait(this.#options.limits.idleMs);
    await promise;
    if (this.#connection === connection && this.#step === "sending") this.deadlineMs = never;
  }

  #sent(): void {
    this.#isSent = true;
    this.#request.client.sent?.();
    if (this.#step === "sending") this.#wait(this.#options.limits.answerMs);
  }

  /** What follows the head in these bytes; undefined until it is complete. */
  #readHead(bytes: Buffer): Buffer | undefined {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const end = this.#unread.indexOf("\r\n\r\n");
      if (end > answerHeadBytesMax || (end < 0 && this.#unread.length > answerHeadBytesMax))
        return this.#fail("broken");
      if (end < 0) return undefined;
      const head = readAnswerHead(this.#unread.toString("latin1", 0, end), this.#request.method);
      this.#unread = this.#unread.subarray(end + 4);
      // Nobody asked for another protocol.
      if (head === undefined || head.status === 101 || this.#informational > informationalMax)
        return this.#fail("broken");
      if (head.status >= 200) return this.#begin(head);
      this.#informational += 1;
    }
  }

  #begin(head: AnswerHead): Buffer {
    const rest = this.#unread;
    this.#unread = nothing;
    this.#step = "answering";
    this.#head = head;
    this.#body = new AnswerBody(head.framing);
    this.#wait(this.#options.limits.idleMs);
    if (rest.length === 0) this.#progress();
    return rest;
  }

  /** More of the answer is here, or all of it. */
  #progress(): void {
    if (this.#head === undefined || this.#body === undefined || this.#step === "over") return;
    const { framing } = this.#head;
    if (this.#body.isComplete) return this.#complete(this.#head, this.#body);
    if (this.deadlineMs !== never) this.#wait(this.#options.limits.idleMs);
    const isGathered = framing.kind === "length" && framing.bytes <= gatheredBytesMax;
    if (this.#step === "answering" && !isGathered) this.#answerStream(this.#head);
  }

  #complete(head: AnswerHead, body: AnswerBody): void {
    this.#release(head.persistent && !body.hasSurplus);
    this.deadlineMs = never;
    if (this.#step === "taken") return this.#pieces.end();
    this.#finish();
    this.#settle({ kind: "whole", head, body: this.#pieces.all() });
  }

  #answerStream(head: AnswerHead): void {
    this.#step = "taken";
    this.#delivery = new Delivery({
      pieces: this.#pieces,
      transfers: this.#options.transfers,
      delivered: () => this.#finish(),
      abandoned: () => this.#fail("gone"),
    });
    this.lasts();
    this.#settle({ kind: "stream", head, body: this.#delivery.stream });
  }

  #settle(answer: LaneAnswer): void {
    this.#options.answered(answer);
    this.#answer.resolve(answer);
  }

  #fail(fault: LaneFault): undefined {
    if (this.#step === "over") return;
    this.#finish();
    if (this.#delivery === undefined) this.#settle({ kind: "fault", fault });
    else this.#delivery.breakOff(fault);
  }

  #finish(): void {
    if (this.#step === "over") return;
    this.#step = "over";
    this.deadlineMs = never;
    this.#release(false);
    this.#delivery?.end();
    this.#options.over(this);
    this.#request.client.ended();
  }

  /** `reusable`: everything was said on both sides. */
  #release(reusable: boolean): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.drained();
    if (connection === undefined) return;
    connection.user = undefined;
    if (!reusable || !this.#isSent) return connection.close();
    connection.resume();
    this.#options.keep(connection);
  }

  #wait(ms: number): void {
    this.deadlineMs = this.#options.monotonicMs() + ms;
  }
}

/** RFC 9112, section 7.1. */
function chunk(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}
