/** Bodies that are read whole: bounded in length, in time and in how many at a time, so that no flood of forms fills the memory. */
import { gather } from "../origin/gather.ts";

export type Read = Uint8Array | "too-large" | "too-many";

/** Whoever sends a form more slowly than this over its whole length has to send it again. */
const readMsMax = 10_000;
/** In each worker: some 12 MB. */
const readingMax = 128;

export class Readings {
  readonly #most: number;
  #reading = 0;

  /** `most`: at a time. */
  constructor(most = readingMax) {
    this.#most = most;
  }

  /** "too-large": or too slow, or broken off. Never rejects. */
  async read(body: ReadableStream<Uint8Array>, bytesMax: number): Promise<Read> {
    if (this.#reading >= this.#most) return "too-many";
    this.#reading += 1;
    try {
      const gathered = await gather(body, { bytesMax, msMax: readMsMax });
      if (gathered.kind === "whole") return gathered.body;
      if (gathered.kind === "longer") await gathered.body.cancel();
      return "too-large";
    } finally {
      this.#reading -= 1;
    }
  }
}
