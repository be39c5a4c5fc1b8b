/** What waits to be written to one local connection: bounded in lines and in bytes, never blocking. */
import { BoundedQueue } from "../base/bounded-queue.ts";

/** The part of a socket that writing needs; `write` returns how many bytes were taken, -1 once it is closed. */
export interface Sink {
  write(data: Uint8Array): number;
}

const linesMax = 4_096;
const bytesMax = 4 * 1024 * 1024;

export class Outgoing {
  readonly #sink: Sink;
  readonly #waiting = new BoundedQueue<Uint8Array>(linesMax);
  #waitingBytes = 0;
  /** The end of a line that the socket took only in part. */
  #rest: Uint8Array | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** False where the line does not fit; nothing of it is then sent. */
  send(line: Uint8Array): boolean {
    if (this.#rest === undefined) {
      this.#write(line);
      return true;
    }
    if (this.#waitingBytes + line.byteLength > bytesMax || !this.#waiting.push(line)) return false;
    this.#waitingBytes += line.byteLength;
    return true;
  }

  /** To be called when the socket takes bytes again. */
  drain(): void {
    let next = this.#rest;
    this.#rest = undefined;
    while (next !== undefined && this.#write(next)) {
      next = this.#waiting.shift();
      this.#waitingBytes -= next?.byteLength ?? 0;
    }
  }

  /** True where the socket took everything. */
  #write(data: Uint8Array): boolean {
    const written = Math.max(0, this.#sink.write(data));
    if (written < data.byteLength) this.#rest = data.subarray(written);
    return this.#rest === undefined;
  }
}
