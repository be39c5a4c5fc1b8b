/**
 * What the roles say to each other, whatever carries it: local sockets on one machine, NATS beyond it.
 * Events go to everybody who listens and are lost to who does not; a request has one answer or fails in time.
 * test/bus-contract.ts holds every implementation to this page.
 */
import type { z } from "zod";
import type { events, requests } from "./subjects.ts";

export type EventSubject = keyof typeof events;
export type RequestSubject = keyof typeof requests;

export type Event<S extends EventSubject> = z.infer<(typeof events)[S]>;
export type Asked<S extends RequestSubject> = z.infer<(typeof requests)[S]["ask"]>;
export type Answer<S extends RequestSubject> = z.infer<(typeof requests)[S]["answer"]>;

export interface RequestOptions {
  /** Milliseconds until BusError("timeout"). Default: 5,000. */
  readonly timeoutMs?: number;
}

export interface Bus extends AsyncDisposable {
  /** Events that could not be sent or delivered since the start. */
  readonly lost: number;
  /** Never blocks; events beyond the outgoing limit are dropped and counted. Throws where the event is not of its form. */
  publish<S extends EventSubject>(subject: S, event: Event<S>): void;
  /** Handlers see only events that passed their schema. Returns what ends the subscription. */
  subscribe<S extends EventSubject>(
    subject: S,
    handler: (event: Event<S>) => void | Promise<void>,
  ): () => void;
  /** Rejects with BusError. */
  request<S extends RequestSubject>(subject: S, ask: Asked<S>, options?: RequestOptions): Promise<Answer<S>>;
  /** One responder a subject; a second one replaces the first (a role that restarted). */
  respond<S extends RequestSubject>(
    subject: S,
    handler: (ask: Asked<S>) => Answer<S> | Promise<Answer<S>>,
  ): () => void;
  /** Resolves once every earlier publish, subscribe and respond has reached the other side. */
  flush(): Promise<void>;
}

export const busFaults = [
  /** Nobody answers this subject at the moment. */
  "no-responder",
  /** No answer in time; whether the work was done is not known. */
  "timeout",
  /** The answering side says that what it was asked is wrong. */
  "refused",
  /** The answering side failed at it. */
  "remote",
  /** The connection is down, or ended before an answer came. */
  "closed",
  /** It does not fit into a message. */
  "too-large",
] as const;
export type BusFault = (typeof busFaults)[number];

export class BusError extends Error {
  readonly fault: BusFault;
  /** For an operator, where the far side gave one. */
  readonly hint: string | undefined;

  constructor(fault: BusFault, message: string, hint?: string) {
    super(message);
    this.name = "BusError";
    this.fault = fault;
    this.hint = hint;
  }
}
