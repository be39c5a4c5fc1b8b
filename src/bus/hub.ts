/**
 * The bus on one machine (docs/decisions/0002): a switchboard in the supervisor on a Unix socket. It reads a line's verb,
 * subject and id and never its payload. A client that breaks the rules or reads too slowly is cut; the others don't notice.
 */
import type { Socket } from "bun";
import { chmod, rm } from "node:fs/promises";
import { failed } from "../base/errors.ts";
import { type Log, silentLog } from "../base/log.ts";
import { type BusFault } from "./bus.ts";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  lineBytesMax,
  LineReader,
  requestsMax,
  type Verb,
} from "./frame.ts";
import { Outgoing } from "./outgoing.ts";
import { events, requests } from "./subjects.ts";

/** Three roles, the CLI's commands and a drill need a dozen. */
const clientsMax = 32;
/** Events lost in a row before a client counts as stuck. */
const lostInARowMax = 1_000;

export interface HubCounts {
  readonly clients: number;
  /** Events that a slow client did not get. */
  readonly lost: number;
  /** Clients that were cut off, or not let in. */
  readonly cut: number;
}

export interface Hub extends AsyncDisposable {
  counts(): HubCounts;
}

interface Client {
  readonly socket: Socket<unknown>;
  readonly reader: LineReader;
  readonly outgoing: Outgoing;
  readonly subscriptions: Set<string>;
  /** Its own id of each request that waits → the hub's id. */
  readonly asked: Map<number, number>;
  lostInARow: number;
}

interface Pending {
  readonly asker: Client;
  readonly askerId: number;
  readonly responder: Client;
}

/** Listens at `path`, for the owner only. Whoever calls it holds the data folder's lock, so an old socket file is a dead one. */
export async function startHub(path: string, log: Log = silentLog): Promise<Hub> {
  await rm(path, { force: true, recursive: true });
  const switchboard = new Switchboard(log);
  try {
    const listener = Bun.listen<Client | undefined>({
      unix: path,
      socket: {
        open: (socket) => {
          socket.data = switchboard.enter(socket);
        },
        data: ({ data: client }, chunk) => client && switchboard.receive(client, chunk),
        drain: ({ data: client }) => client && switchboard.drain(client),
        close: ({ data: client }) => client && switchboard.leave(client),
        error: (socket) => socket.terminate(),
      },
    });
    await chmod(path, 0o600);
    return {
      counts: () => switchboard.counts(),
      async [Symbol.asyncDispose]() {
        listener.stop(true);
        await rm(path, { force: true });
      },
    };
  } catch (thrown) {
    throw failed(`opening the bus at ${path}`, thrown);
  }
}

class Switchboard {
  readonly #log: Log;
  readonly #clients = new Set<Client>();
  readonly #responders = new Map<string, Client>();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #lost = 0;
  #cut = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  counts(): HubCounts {
    return { clients: this.#clients.size, lost: this.#lost, cut: this.#cut };
  }

  /** Undefined where the house is full; the socket is then closed. */
  enter(socket: Socket<unknown>): Client | undefined {
    if (this.#clients.size === clientsMax) {
      this.#cutOff(socket, "too many clients");
      return undefined;
    }
    const client: Client = {
      socket,
      reader: new LineReader(lineBytesMax.fromClient),
      outgoing: new Outgoing(socket),
      subscriptions: new Set(),
      asked: new Map(),
      lostInARow: 0,
    };
    this.#clients.add(client);
    return client;
  }

  leave(client: Client): void {
    if (!this.#clients.delete(client)) return;
    for (const [subject, responder] of this.#responders) {
      if (responder === client) this.#responders.delete(subject);
    }
    for (const [id, pending] of this.#pending) {
      if (pending.asker === client) this.#pending.delete(id);
      else if (pending.responder === client) {
        this.#settle(id, pending, refusal("closed", "who was asked stopped before it answered"));
      }
    }
  }

  receive(client: Client, chunk: Uint8Array): void {
    const lines = client.reader.take(chunk);
    if (lines === undefined) return this.#expel(client, "a line is too long");
    for (const line of lines) {
      const frame = decodeFrame(line);
      if (frame === undefined || !this.#actions[frame.verb](client, frame)) {
        return this.#expel(client, "a line breaks the rules");
      }
      if (!this.#clients.has(client)) return;
    }
  }

  drain(client: Client): void {
    client.lostInARow = 0;
    client.outgoing.drain();
  }

  /** What each verb does; false where the frame breaks the rules. */
  readonly #actions: Readonly<Record<Verb, (client: Client, frame: Frame) => boolean>> = {
    publish: (_, { subject, payload }) => {
      const line = encodeFrame("publish", subject, 0, payload);
      for (const other of this.#clients) if (other.subscriptions.has(subject)) this.#offer(other, line);
      return isEvent(subject);
    },
    subscribe: (client, { subject }) => isEvent(subject) && client.subscriptions.add(subject).has(subject),
    unsubscribe: (client, { subject }) => {
      client.subscriptions.delete(subject);
      return true;
    },
    respond: (client, { subject }) =>
      isRequest(subject) && this.#responders.set(subject, client).has(subject),
    resign: (client, { subject }) => {
      if (this.#responders.get(subject) === client) this.#responders.delete(subject);
      return true;
    },
    request: (client, frame) => this.#ask(client, frame),
    forget: (client, { id }) => {
      this.#pending.delete(client.asked.get(id) ?? 0);
      client.asked.delete(id);
      return true;
    },
    answer: (client, frame) => this.#reply(client, frame),
    refuse: (client, frame) => this.#reply(client, frame),
    flush: (client, { id }) => {
      this.#deliver(client, encodeFrame("flush", "-", id));
      return true;
    },
  };

  #ask(asker: Client, { subject, id: askerId, payload }: Frame): boolean {
    if (!isRequest(subject) || asker.asked.has(askerId) || asker.asked.size === requestsMax) return false;
    const responder = this.#responders.get(subject);
    if (responder === undefined) {
      this.#deliver(
        asker,
        encodeFrame("refuse", "-", askerId, refusal("no-responder", `nobody answers ${subject}`)),
      );
      return true;
    }
    this.#lastId += 1;
    asker.asked.set(askerId, this.#lastId);
    this.#pending.set(this.#lastId, { asker, askerId, responder });
    this.#deliver(responder, encodeFrame("request", subject, this.#lastId, payload));
    return true;
  }

  /** An answer that nobody waits for any more is no fault; one to somebody else's question is ignored as well. */
  #reply(client: Client, { verb, id, payload }: Frame): boolean {
    const pending = this.#pending.get(id);
    if (pending?.responder === client) this.#settle(id, pending, payload, verb);
    return true;
  }

  #settle(
    id: number,
    { asker, askerId }: Pending,
    payload: Uint8Array | string,
    verb: Verb = "refuse",
  ): void {
    this.#pending.delete(id);
    asker.asked.delete(askerId);
    this.#deliver(asker, encodeFrame(verb, "-", askerId, payload));
  }

  /** An event: lost where the client is too slow. */
  #offer(client: Client, line: Uint8Array): void {
    if (client.outgoing.send(line)) return;
    this.#lost += 1;
    client.lostInARow += 1;
    if (client.lostInARow > lostInARowMax) this.#expel(client, "it reads too slowly");
  }

  /** What somebody waits for: a client that can't take it is of no use any more. */
  #deliver(client: Client, line: Uint8Array): void {
    if (!client.outgoing.send(line)) this.#expel(client, "it reads too slowly");
  }

  #expel(client: Client, reason: string): void {
    this.leave(client);
    this.#cutOff(client.socket, reason);
  }

  #cutOff(socket: Socket<unknown>, reason: string): void {
    this.#cut += 1;
    this.#log.warn("cut a client off the bus", { reason });
    socket.terminate();
  }
}

function isEvent(subject: string): boolean {
  return Object.hasOwn(events, subject);
}

function isRequest(subject: string): boolean {
  return Object.hasOwn(requests, subject);
}

function refusal(fault: BusFault, message: string): string {
  return JSON.stringify({ fault, message });
}
