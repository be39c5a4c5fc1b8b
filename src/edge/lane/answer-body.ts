/** The body of an answer taken out of the bytes that carry it (RFC 9112, sections 6 and 7). Pure; trailers are dropped. */
import type { AnswerFraming } from "./answer-head.ts";

/** A chunk's size line with its extensions, and each line of the trailers. */
const lineBytesMax = 256;
const trailerLinesMax = 64;
const [cr, lf] = [13, 10];

export class AnswerBody {
  readonly #isChunked: boolean;
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left: number;
  #reading: "content" | "size" | "after-chunk" | "trailers" | "to-the-end" | "over";
  /** Of a line that is not complete. */
  #line = "";
  #trailerLines = 0;
  #surplus = false;
  #malformed = false;

  constructor(framing: AnswerFraming) {
    this.#isChunked = framing.kind === "chunked";
    this.#left = framing.kind === "length" ? framing.bytes : 0;
    this.#reading = beginning(framing);
  }

  get isComplete(): boolean {
    return this.#reading === "over";
  }

  /** More came than belongs to it: what else this connection brings is not to be trusted. */
  get hasSurplus(): boolean {
    return this.#surplus;
  }

  /** What these bytes hold of the body, without copying; undefined where they break its form. */
  read(bytes: Uint8Array): Uint8Array[] | undefined {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length && !this.#malformed;) at = this.#step(bytes, at, pieces);
    return this.#malformed ? undefined : pieces;
  }

  /** The connection has ended. True where that is how this body ends, too. */
  end(): boolean {
    if (this.#reading === "to-the-end") this.#reading = "over";
    return this.isComplete;
  }

  /** Reads on at `at`; returns up to where. */
  #step(bytes: Uint8Array, at: number, pieces: Uint8Array[]): number {
    switch (this.#reading) {
      case "to-the-end":
        pieces.push(bytes.subarray(at));
        return bytes.length;
      case "over":
        this.#surplus = true;
        return bytes.length;
      case "content":
        return this.#content(bytes, at, pieces);
      case "size":
      case "after-chunk":
      case "trailers":
        return this.#lineByte(bytes[at] ?? 0, at);
    }
  }

  #content(bytes: Uint8Array, at: number, pieces: Uint8Array[]): number {
    // Most answers come whole: making another view of the same bytes would be the dearest thing here.
    const isAll = at === 0 && bytes.length <= this.#left;
    const piece = isAll ? bytes : bytes.subarray(at, at + this.#left);
    pieces.push(piece);
    this.#left -= piece.length;
    if (this.#left === 0) this.#reading = this.#isChunked ? "after-chunk" : "over";
    return at + piece.length;
  }

  #lineByte(byte: number, at: number): number {
    const endsLine = byte === lf && this.#line.endsWith("\r");
    if (endsLine) {
      const line = this.#line.slice(0, -1);
      this.#line = "";
      this.#takeLine(line);
    } else {
      // A CR that no LF follows, or an LF that follows none, is where readers would disagree.
      const bare = byte === lf || (byte !== cr && this.#line.endsWith("\r"));
      this.#line += String.fromCharCode(byte);
      this.#malformed ||= bare || this.#line.length > lineBytesMax;
    }
    return at + 1;
  }

  #takeLine(line: string): void {
    if (this.#reading === "size") this.#takeSize(line);
    else if (this.#reading === "after-chunk") this.#expectEmpty(line);
    else if (line === "") this.#reading = "over";
    else this.#malformed ||= (this.#trailerLines += 1) > trailerLinesMax;
  }

  #takeSize(line: string): void {
    const digits = /^([0-9a-fA-F]{1,8})[ \t]*(?:;[\t -~]*)?$/.exec(line)?.[1];
    if (digits === undefined) {
      this.#malformed = true;
      return;
    }
    this.#left = Number.parseInt(digits, 16);
    this.#reading = this.#left === 0 ? "trailers" : "content";
  }

  #expectEmpty(line: string): void {
    this.#malformed ||= line !== "";
    this.#reading = "size";
  }
}

function beginning(framing: AnswerFraming): "content" | "size" | "to-the-end" | "over" {
  switch (framing.kind) {
    case "none":
      return "over";
    case "length":
      return framing.bytes === 0 ? "over" : "content";
    case "chunked":
      return "size";
    case "until-close":
      return "to-the-end";
  }
}
