/**
 * The bus's client on one machine: subscriptions and responders outlive the connection to the hub. While it is away
 * events are lost and requests fail at once.
 */
import { failed, messageOf } from "../base/errors.ts";
import { type Log, silentLog } from "../base/log.ts";
import { type Random, systemRandom } from "../base/random.ts";
import { errorOf, parseAnswer, parseAsk, parseEvent, refusalOf } from "./border.ts";
import {
  type Answer,
  type Asked,
  type Bus,
  BusError,
  type Event,
  type EventSubject,
  type RequestOptions,
  type RequestSubject,
} from "./bus.ts";
import { Connection } from "./connection.ts";
import { encodeFrame, type Frame, lineBytesMax, requestsMax, type Verb } from "./frame.ts";

export interface LocalBusOptions {
  readonly log?: Log;
  /** Spreads reconnections. */
  readonly random?: Random;
}

/** A bus that also tells how many events it could not send or deliver. */
export interface LocalBus extends Bus {
  readonly lost: number;
}

const requestTimeoutMs = 5_000;
const flushTimeoutMs = 5_000;

/** Connects to the hub at `path`; rejects with BusError("closed") where nothing listens there. */
export async function connectBus(path: string, options: LocalBusOptions = {}): Promise<LocalBus> {
  const bus = new SocketBus(path, options.log ?? silentLog, options.random ?? systemRandom);
  try {
    await bus.connect();
    return bus;
  } catch (thrown) {
    await bus[Symbol.asyncDispose]();
    throw new BusError("closed", `nothing listens at ${path} (${messageOf(thrown)})`);
  }
}

interface Waiting {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: BusError) => void;
}

class SocketBus implements LocalBus {
  readonly #log: Log;
  readonly #connection: Connection;
  /** Handlers parse what they get; each throws where it is not of its form. */
  readonly #subscriptions = new Map<string, Set<(data: unknown) => void | Promise<void>>>();
  readonly #responders = new Map<string, (data: unknown) => Promise<unknown>>();
  /** Requests and flushes by id. */
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #lost = 0;

  constructor(path: string, log: Log, random: Random) {
    this.#log = log;
    this.#connection = new Connection({
      path,
      log,
      random,
      onOpen: () => this.#introduce(),
      onTrial: () => this.flush(),
      onFrame: (frame) => this.#actions[frame.verb]?.(frame),
      onClose: () => this.#failAll("the connection to the bus broke"),
    });
  }

  async connect(): Promise<void> {
    await this.#connection.open();
  }

  get lost(): number {
    return this.#lost;
  }

  publish<S extends EventSubject>(subject: S, event: Event<S>): void {
    const line = lineOf("publish", subject, 0, parseEvent(subject, event));
    if (!this.#connection.send(line)) this.#lost += 1;
  }

  subscribe<S extends EventSubject>(
    subject: S,
    handler: (event: Event<S>) => void | Promise<void>,
  ): () => void {
    const handlers = this.#subscriptions.get(subject) ?? new Set();
    const receive = (data: unknown): void | Promise<void> => handler(parseEvent(subject, data));
    this.#subscriptions.set(subject, handlers.add(receive));
    if (handlers.size === 1) this.#send("subscribe", subject);
    return () => {
      if (!handlers.delete(receive) || handlers.size > 0) return;
      this.#subscriptions.delete(subject);
      this.#send("unsubscribe", subject);
    };
  }

  async request<S extends RequestSubject>(
    subject: S,
    ask: Asked<S>,
    { timeoutMs = requestTimeoutMs }: RequestOptions = {},
  ): Promise<Answer<S>> {
    if (this.#waiting.size >= requestsMax) throw new BusError("timeout", "too many requests wait already");
    const asked = parseAsk(subject, ask);
    const payload = await this.#exchange("request", subject, asked, timeoutMs);
    try {
      return parseAnswer(subject, fromPayload(payload));
    } catch (thrown) {
      throw new BusError("remote", messageOf(thrown));
    }
  }

  respond<S extends RequestSubject>(
    subject: S,
    handler: (ask: Asked<S>) => Answer<S> | Promise<Answer<S>>,
  ): () => void {
    const answer = async (data: unknown): Promise<unknown> =>
      parseAnswer(subject, await handler(parseAsk(subject, data)));
    this.#responders.set(subject, answer);
    this.#send("respond", subject);
    return () => {
      if (this.#responders.get(subject) !== answer) return;
      this.#responders.delete(subject);
      this.#send("resign", subject);
    };
  }

  async flush(): Promise<void> {
    await this.#exchange("flush", "-", undefined, flushTimeoutMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.end();
    this.#failAll("the bus was closed");
  }

  #introduce(): void {
    for (const subject of this.#subscriptions.keys()) this.#send("subscribe", subject);
    for (const subject of this.#responders.keys()) this.#send("respond", subject);
  }

  readonly #actions: Partial<Record<Verb, (frame: Frame) => void>> = {
    publish: (frame) => this.#handle(frame),
    request: (frame) => void this.#answer(frame),
    answer: ({ id, payload }) => this.#waiting.get(id)?.resolve(payload),
    refuse: ({ id, payload }) => this.#waiting.get(id)?.reject(errorIn(payload)),
    flush: ({ id, payload }) => this.#waiting.get(id)?.resolve(payload),
  };

  #handle({ subject, payload }: Frame): void {
    for (const receive of this.#subscriptions.get(subject) ?? []) {
      Promise.try(() => receive(fromPayload(payload))).catch((thrown: unknown) => {
        this.#lost += 1;
        this.#log.warn("could not handle an event", { subject, error: messageOf(thrown) });
      });
    }
  }

  async #answer({ subject, id, payload }: Frame): Promise<void> {
    // A request dies with its connection: the id means something else on the next one.
    const connected = this.#connection.count;
    const line = await this.#answerLine(subject, id, payload);
    if (connected === this.#connection.count) this.#connection.send(line);
  }

  async #answerLine(subject: string, id: number, payload: Uint8Array): Promise<Uint8Array> {
    try {
      const answer = this.#responders.get(subject);
      if (answer === undefined) throw new BusError("no-responder", `nobody answers ${subject}`);
      return lineOf("answer", "-", id, await answer(fromPayload(payload)));
    } catch (thrown) {
      return lineOf("refuse", "-", id, refusalOf(thrown));
    }
  }

  /** Sends a line with a new id and waits for the one that comes back; rejects with BusError. */
  async #exchange(
    verb: "request" | "flush",
    subject: string,
    data: unknown,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    this.#lastId += 1;
    const id = this.#lastId;
    const line = lineOf(verb, subject, id, data);
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const timer = setTimeout(() => {
      if (verb === "request") this.#send("forget", "-", id);
      reject(new BusError("timeout", `no answer to ${verb} ${subject} within ${timeoutMs} ms`));
    }, timeoutMs);
    this.#waiting.set(id, { resolve, reject });
    try {
      if (!this.#connection.isOpen) throw new BusError("closed", "there is no connection to the bus");
      if (!this.#connection.send(line)) throw new BusError("timeout", "the bus takes nothing more");
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  #failAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new BusError("closed", message));
  }

  #send(verb: Verb, subject: string, id = 0): void {
    this.#connection.send(encodeFrame(verb, subject, id));
  }
}

/** Throws BusError("too-large") where it does not fit. */
function lineOf(verb: Verb, subject: string, id: number, data: unknown): Uint8Array {
  const line = encodeFrame(verb, subject, id, JSON.stringify(data) ?? "");
  if (line.byteLength > lineBytesMax.fromClient)
    throw new BusError("too-large", `${verb} ${subject}: ${line.byteLength} bytes`);
  return line;
}

/** Somebody else wrote it, and it must not be able to break who reads it. */
function errorIn(payload: Uint8Array): BusError {
  try {
    return errorOf(fromPayload(payload));
  } catch {
    return errorOf(undefined);
  }
}

function fromPayload(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (thrown) {
    throw failed("reading a message", thrown);
  }
}
