/**
 * Reads HTTP/1.1 answers off one connection, one after the other, as cheaply as can be: the status and the length that was promised (RFC
 * 9112). Kasbah says the length of whatever a drill asks for; an answer that does not is counted as malformed.
 */

/** Longest head that is waited for. */
const headBytesMax = 16_384;
const endOfHead = "\r\n\r\n";
/** Where the three digits stand in `HTTP/1.1 200 OK`. */
const statusAt = 9;

/** `pending`: more is to come. `malformed`: the connection can't be used any more. */
export type Progress = "pending" | "malformed" | { readonly status: number };

export class AnswerReader {
  /** Of a head whose end has not come. */
  #head = "";
  /** Bytes of the body that are still to come; undefined while there is no head. */
  #left: number | undefined;
  #status = 0;

  /** What this chunk completes: one answer at most, since only one request is under way. */
  read(chunk: Buffer): Progress {
    if (this.#left === undefined) return this.#readHead(chunk);
    this.#left -= chunk.byteLength;
    return this.#progress();
  }

  #readHead(chunk: Buffer): Progress {
    // One character a byte, so that lengths can be reckoned with; no need to look at more than a head can hold.
    const text = this.#head + chunk.toString("latin1", 0, headBytesMax);
    const received = this.#head.length + chunk.byteLength;
    const end = text.indexOf(endOfHead);
    if (end < 0) {
      this.#head = text;
      return received > headBytesMax ? "malformed" : "pending";
    }
    this.#status = Number(text.slice(statusAt, statusAt + 3));
    const promised = this.#status === 204 || this.#status === 304 ? 0 : promisedLength(text, end);
    if (!text.startsWith("HTTP/1.1 ") || promised === undefined) return "malformed";
    this.#head = "";
    this.#left = promised - (received - end - endOfHead.length);
    return this.#progress();
  }

  #progress(): Progress {
    if (this.#left === undefined || this.#left > 0) return "pending";
    if (this.#left < 0) return "malformed";
    this.#left = undefined;
    return { status: this.#status };
  }
}

function promisedLength(text: string, end: number): number | undefined {
  const line = /\r\ncontent-length: *(\d+)\r\n/i.exec(text.slice(0, end + 2));
  return line === null ? undefined : Number(line[1]);
}
