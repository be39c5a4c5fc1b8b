/**
 * Reads HTTP/1.1 answers off one connection, one after the other, as cheaply as can be: the status and the length that was promised, or
 * chunks up to the last one (RFC 9112). Only one request is under way, so what ends like a last chunk is taken to be it.
 */

/** Longest head that is waited for. */
const headBytesMax = 16_384;
const endOfHead = "\r\n\r\n";
const lastChunk = "0\r\n\r\n";
/** Of an answer that is kept: a page to wait at, with a form of 64 kB in it. */
const keptBytesMax = 160 * 1024;
/** Where the three digits stand in `HTTP/1.1 200 OK`. */
const statusAt = 9;

/** `pending`: more is to come. `malformed`: the connection can't be used any more. */
export type Progress = "pending" | "malformed" | { readonly status: number };

export class AnswerReader {
  /** Of a head whose end has not come; of chunks, the last bytes. */
  #kept = "";
  /** Bytes of the body that are still to come; undefined while there is no head. */
  #left: number | "chunks" | undefined;
  #status = 0;
  #isHead = false;
  /** Undefined: nothing is kept. */
  readonly #whole: Buffer[] | undefined;
  #wholeBytes = 0;

  /** `keeps`: what came is wanted as well. */
  constructor({ keeps = false }: { readonly keeps?: boolean } = {}) {
    this.#whole = keeps ? [] : undefined;
  }

  /** The next answer is one to a HEAD: its body is only promised. */
  expect({ isHead }: { readonly isHead: boolean }): void {
    this.#isHead = isHead;
  }

  /** What this chunk completes: one answer at most, since only one request is under way. */
  read(chunk: Buffer): Progress {
    this.#keep(chunk);
    if (this.#left === undefined) return this.#readHead(chunk);
    if (this.#left === "chunks") return this.#readChunks(tailOf(chunk, chunk.byteLength));
    this.#left -= chunk.byteLength;
    return this.#progress();
  }

  /** Head and body of what came last, a character a byte; empty where nothing is kept. It is then forgotten. */
  take(): string {
    const text = Buffer.concat(this.#whole ?? []).toString("latin1");
    this.#whole?.splice(0);
    this.#wholeBytes = 0;
    return text;
  }

  #keep(chunk: Buffer): void {
    if (this.#whole === undefined || this.#wholeBytes >= keptBytesMax) return;
    this.#wholeBytes += chunk.byteLength;
    // Bun uses the chunk's memory again.
    this.#whole.push(Buffer.from(chunk));
  }

  #readHead(chunk: Buffer): Progress {
    // One character a byte, so that lengths can be reckoned with; no need to look at more than a head can hold.
    const text = this.#kept + chunk.toString("latin1", 0, headBytesMax);
    const received = this.#kept.length + chunk.byteLength;
    const end = text.indexOf(endOfHead);
    if (end < 0) {
      this.#kept = text;
      return received > headBytesMax ? "malformed" : "pending";
    }
    this.#kept = "";
    if (!text.startsWith("HTTP/1.1 ")) return "malformed";
    this.#status = Number(text.slice(statusAt, statusAt + 3));
    const body = end + endOfHead.length;
    const promised = this.#promised(text.slice(0, end + 2));
    if (promised === undefined) return "malformed";
    this.#left = promised;
    if (promised === "chunks") return this.#readChunks(tailOf(chunk, received - body));
    this.#left = promised - (received - body);
    return this.#progress();
  }

  #promised(head: string): number | "chunks" | undefined {
    if (this.#isHead || this.#status === 204 || this.#status === 304) return 0;
    const line = /\r\ncontent-length: *(\d+)\r\n/i.exec(head);
    if (line !== null) return Number(line[1]);
    return /\r\ntransfer-encoding: *chunked\r\n/i.test(head) ? "chunks" : undefined;
  }

  #readChunks(tail: string): Progress {
    this.#kept = (this.#kept + tail).slice(-lastChunk.length);
    if (this.#kept !== lastChunk) return "pending";
    this.#kept = "";
    this.#left = 0;
    return this.#progress();
  }

  #progress(): Progress {
    if (this.#left !== 0) return typeof this.#left === "number" && this.#left < 0 ? "malformed" : "pending";
    this.#left = undefined;
    return { status: this.#status };
  }
}

/** The last characters of the `length` bytes at a chunk's end. */
function tailOf(chunk: Buffer, length: number): string {
  return chunk.toString("latin1", chunk.byteLength - Math.min(length, lastChunk.length));
}
