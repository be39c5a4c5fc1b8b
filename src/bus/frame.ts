/**
 * One line on a local bus: `verb subject id payload`. Verb, subject and id are plain words that the hub reads;
 * the payload is JSON that only the two ends read.
 */

export const verbs = [
  /** An event, to the hub and from it. */
  "publish",
  "subscribe",
  "unsubscribe",
  /** From now on this client answers requests of that subject … */
  "respond",
  /** … and no longer. */
  "resign",
  "request",
  /** Whoever asked waits no longer. */
  "forget",
  "answer",
  "refuse",
  /** The hub sends it back: everything before it has arrived. */
  "flush",
] as const;
export type Verb = (typeof verbs)[number];

export interface Frame {
  readonly verb: Verb;
  /** A name from subjects.ts, or `-` where the verb has none. */
  readonly subject: string;
  /** A whole number from 0; 0 where the verb has none. */
  readonly id: number;
  /** JSON in UTF-8 without a line feed; may be empty. */
  readonly payload: Uint8Array;
}

/** Requests of one client that may wait for an answer at a time. */
export const requestsMax = 256;
/** Longer than any verb, subject and id together. */
const headBytesMax = 128;
/**
 * Longest lines, their line feeds included. Larger things lie on the disk and are only named. The hub puts its own head
 * before a payload, which may be longer than the one that came with it.
 */
export const lineBytesMax = { fromClient: 1024 * 1024, fromHub: 1024 * 1024 + headBytesMax };
const lineFeed = 0x0a;
const empty = new Uint8Array(0);

/** `subject` and `payload` must be free of line feeds, `subject` of spaces; names and JSON are. */
export function encodeFrame(
  verb: Verb,
  subject = "-",
  id = 0,
  payload: Uint8Array | string = empty,
): Uint8Array {
  return Buffer.concat([Buffer.from(`${verb} ${subject} ${id} `), Buffer.from(payload), Buffer.of(lineFeed)]);
}

/** The frame on a line (without its line feed), or undefined where it is none. */
export function decodeFrame(line: Uint8Array): Frame | undefined {
  const head = /^([a-z]+) (\S+) (0|[1-9]\d{0,14}) /.exec(
    Buffer.from(line.buffer, line.byteOffset, Math.min(line.byteLength, headBytesMax)).toString("latin1"),
  );
  if (head === null) return undefined;
  const [all, verb, subject, id] = head;
  if (!isVerb(verb) || subject === undefined) return undefined;
  return { verb, subject, id: Number(id), payload: line.subarray(all.length) };
}

function isVerb(word: string | undefined): word is Verb {
  return (verbs as readonly (string | undefined)[]).includes(word);
}

/** Cuts a stream of chunks into lines, holding at most one unfinished line of `bytesMax` bytes. */
export class LineReader {
  readonly #bytesMax: number;
  #unfinished: Uint8Array[] = [];
  #unfinishedBytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The lines that this chunk finishes, without their line feeds; undefined where one is too long. */
  take(chunk: Uint8Array): Uint8Array[] | undefined {
    const lines: Uint8Array[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      if (!this.#keep(chunk.subarray(from, end))) return undefined;
      lines.push(this.#finish());
      from = end + 1;
    }
    return this.#keep(chunk.subarray(from)) ? lines : undefined;
  }

  /** Copies, because a socket's chunk is only ours while its handler runs. */
  #keep(part: Uint8Array): boolean {
    if (part.byteLength === 0) return true;
    this.#unfinishedBytes += part.byteLength;
    if (this.#unfinishedBytes >= this.#bytesMax) return false;
    this.#unfinished.push(part.slice());
    return true;
  }

  #finish(): Uint8Array {
    const line = Buffer.concat(this.#unfinished);
    this.#unfinished = [];
    this.#unfinishedBytes = 0;
    return line;
  }
}
