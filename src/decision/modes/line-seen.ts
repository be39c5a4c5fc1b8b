/**
 * What the line to readers carries, where nobody has said it: as much as went out while most of the readers that an edge knows had to wait for
 * what was sent to them, and no less went out than ever. More than that while nobody waits, and it was another reason.
 */
import { sumOf } from "../../base/sum.ts";

interface Sent {
  readonly atMs: number;
  readonly seconds: number;
  readonly bytes: number;
}

const windowMs = 5_000;
const looksMax = 64;
/** A line that is full carries about the most that it ever did; readers who wait at night have slow phones. */
const nearlyMost = 0.7;

export class LineSeen {
  #sent: readonly Sent[] = [];
  /** Bytes/s, over a window. */
  #most = 0;
  #full: number | undefined;

  /** Undefined: it was never seen full. */
  get bytesPerS(): number | undefined {
    return this.#full;
  }

  note(
    { seconds, bytes, readersWait }: Omit<Sent, "atMs"> & { readonly readersWait: boolean },
    nowMs: number,
  ) {
    const recent = this.#sent.filter(({ atMs }) => atMs > nowMs - windowMs && atMs <= nowMs);
    this.#sent = [...recent, { atMs: nowMs, seconds, bytes }].slice(-looksMax);
    const rate = sumOf(this.#sent, (sent) => sent.bytes) / sumOf(this.#sent, (sent) => sent.seconds);
    if (!readersWait && rate > (this.#full ?? Infinity)) this.#full = undefined;
    if (readersWait && rate > 0 && rate >= this.#most * nearlyMost)
      this.#full = Math.max(this.#full ?? 0, rate);
    this.#most = Math.max(this.#most, rate);
  }
}
