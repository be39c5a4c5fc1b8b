/** One connection to the hub that comes back by itself: lines in, lines out, and word of when it is there and when it is not. */
import type { Socket } from "bun";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import { decodeFrame, type Frame, LineReader, lineBytesMax } from "./frame.ts";
import { Outgoing } from "./outgoing.ts";

export interface ConnectionOptions {
  /** The hub's socket. */
  readonly path: string;
  readonly log: Log;
  /** Spreads reconnections. */
  readonly random: Random;
  /** Each time it is there, before anything else is sent. */
  readonly onOpen: () => void;
  /** Resolves once the hub has answered; rejects where it does not. */
  readonly onTrial: () => Promise<void>;
  readonly onFrame: (frame: Frame) => void;
  readonly onClose: () => void;
}

interface Live {
  readonly socket: Socket;
  readonly reader: LineReader;
  readonly outgoing: Outgoing;
}

const backoffMs = { first: 20, most: 2_000 };

export class Connection {
  readonly #options: ConnectionOptions;
  #live: Live | undefined;
  #reconnection: Timer | undefined;
  #attempts = 0;
  #count = 0;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** How often it has been opened. */
  get count(): number {
    return this.#count;
  }

  get isOpen(): boolean {
    return this.#live !== undefined;
  }

  /** False where there is no connection or too much waits already; the line is then lost. */
  send(line: Uint8Array): boolean {
    return this.#live?.outgoing.send(line) ?? false;
  }

  /** Resolves once the hub has answered; rejects with what stood in the way. From then on it comes back by itself. */
  async open(): Promise<void> {
    await Bun.connect({
      unix: this.#options.path,
      socket: {
        open: (socket) => this.#opened(socket),
        data: (socket, chunk) => this.#receive(socket, chunk),
        drain: (socket) => this.#of(socket)?.outgoing.drain(),
        close: (socket) => this.#of(socket) && this.#closed(),
        error: (socket) => socket.terminate(),
      },
    });
    await this.#options.onTrial();
    this.#attempts = 0;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#reconnection);
    this.#live?.socket.end();
    this.#live = undefined;
  }

  #opened(socket: Socket): void {
    if (this.#ended) return void socket.end();
    this.#live = { socket, reader: new LineReader(lineBytesMax.fromHub), outgoing: new Outgoing(socket) };
    this.#count += 1;
    this.#options.onOpen();
  }

  #receive(socket: Socket, chunk: Uint8Array): void {
    const lines = this.#of(socket)?.reader.take(chunk);
    // Never from our hub; where it begins again is not to be found, so the connection does.
    if (lines === undefined) return socket.terminate();
    for (const line of lines) {
      const frame = decodeFrame(line);
      if (frame !== undefined) this.#options.onFrame(frame);
    }
  }

  #closed(): void {
    this.#live = undefined;
    this.#options.onClose();
    this.#reopenLater();
  }

  #reopenLater(): void {
    if (this.#ended || this.#reconnection !== undefined) return;
    const delayMs = Math.min(backoffMs.most, backoffMs.first * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#reconnection = setTimeout(
      () => void this.#reopen(),
      delayMs * (0.5 + this.#options.random.next() / 2),
    );
  }

  async #reopen(): Promise<void> {
    this.#reconnection = undefined;
    try {
      await this.open();
      this.#options.log.info("is back on the bus");
    } catch {
      this.#reopenLater();
    }
  }

  /** The connection, while it is this socket's. */
  #of(socket: Socket): Live | undefined {
    return this.#live?.socket === socket ? this.#live : undefined;
  }
}
