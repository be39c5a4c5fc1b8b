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

/** What the server coded although nobody asked it to. Several codings at once are how limits are got around: those are none we know. */
export async function decoded(
  { fields }: AnswerHead,
  body: Uint8Array,
  bytesMax: number,
): Promise<WholeBody> {
  const coding = (fieldValue(fields, "content-encoding") ?? "").trim().toLowerCase();
  if (coding === "" || coding === "identity") return body.length > bytesMax ? { not: "size" } : { body };
  const decode = decoders[coding];
  if (decode === undefined) return { not: "coding" };
  try {
    return { body: await decode(body, { maxOutputLength: bytesMax }) };
  } catch {
    return { not: "coding" };
  }
}
