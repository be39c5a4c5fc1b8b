/** An answer's body as a whole, within limits of size, time and memory: what can't be had whole can't be judged. */
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { fieldValue } from "../lane/answer-headers.ts";
import type { AnswerHead } from "../lane/answer-head.ts";

/** Why there is none. */
export type NotWhole = "size" | "time" | "broken" | "coding" | "memory";
export type WholeBody = { readonly body: Uint8Array } | { readonly not: NotWhole };

export interface GatheringLimits {
  readonly bytesMax: number;
  readonly msMax: number;
}

/** Of all bodies together that a worker gathers at a time. */
const gatheredBytesMax = 64 * 1024 * 1024;

export class Gathering {
  readonly #limits: GatheringLimits;
  #bytes = 0;

  constructor(limits: GatheringLimits) {
    this.#limits = limits;
  }

  /** Now, of all. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Reads the stream to its end, or gives it up. Never rejects. */
  async gather(stream: ReadableStream<Uint8Array>): Promise<WholeBody> {
    const reader = stream.getReader();
    const pieces: Uint8Array[] = [];
    const { promise: over, resolve: giveUp } = Promise.withResolvers<"time">();
    const timer = setTimeout(() => giveUp("time"), this.#limits.msMax);
    try {
      const not = await this.#read(reader, pieces, over);
      return not === undefined ? { body: Buffer.concat(pieces) } : { not };
    } catch {
      return { not: "broken" };
    } finally {
      clearTimeout(timer);
      this.#bytes -= lengthOf(pieces);
      void reader.cancel().catch(() => {});
    }
  }

  async #read(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    pieces: Uint8Array[],
    over: Promise<"time">,
  ): Promise<NotWhole | undefined> {
    for (let length = 0; ;) {
      const next = await Promise.race([reader.read(), over]);
      if (next === "time") return "time";
      if (next.done) return undefined;
      pieces.push(next.value);
      this.#bytes += next.value.length;
      length += next.value.length;
      if (length > this.#limits.bytesMax) return "size";
      if (this.#bytes > gatheredBytesMax) return "memory";
    }
  }
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

const decoders: Readonly<
  Record<string, (body: Uint8Array, limit: { maxOutputLength: number }) => Promise<Uint8Array>>
> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

export interface WholeAnswer {
  readonly head: AnswerHead;
  readonly body: Uint8Array;
}

/** About the form of the body that it is taken out of. */
const codingFields: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-length",
  "content-md5",
  "digest",
  "content-digest",
  "repr-digest",
]);

/**
 * Out of what the server coded although nobody asked it to, as if it had not; the same bytes where it didn't. Several codings at once are how limits
 * are got around: those are none we know.
 */
export async function inClear(
  { head, body }: WholeAnswer,
  bytesMax: number,
): Promise<WholeAnswer | { readonly not: NotWhole }> {
  const coding = (fieldValue(head.fields, "content-encoding") ?? "").trim().toLowerCase();
  if (coding === "" || coding === "identity")
    return body.length > bytesMax ? { not: "size" } : { head, body };
  const decode = decoders[coding];
  if (decode === undefined) return { not: "coding" };
  try {
    const plain = await decode(body, { maxOutputLength: bytesMax });
    const fields = head.fields.filter(([name]) => !codingFields.has(name)).map(weakened);
    return { head: { ...head, fields }, body: plain };
  } catch {
    return { not: "coding" };
  }
}

/** Of other bytes than its own, an entity tag only says that they mean the same (RFC 9110, section 8.8.1). */
function weakened([name, value]: readonly [name: string, value: string]): readonly [string, string] {
  return [name, name === "etag" && value.startsWith('"') ? `W/${value}` : value];
}
