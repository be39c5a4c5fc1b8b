/**
 * Requests as they came in calm, a sample of each of the last 24 hours: whole vectors with keyed hashes, in memory only. A source may put in
 * few of each hour's, and an hour is a small part of all: neither a busy source nor a burst teaches much.
 */
import { hourMs } from "../../base/clock.ts";
import { below, type Random } from "../../base/random.ts";
import { sampleWidth } from "../requests/sample.ts";

const hoursKept = 24;
const vectorsPerHour = 128;
const perSource = 2;
/** Sources counted in one hour; who comes later isn't learned from until the next. */
const sourcesMax = 8_192;

export interface Offer {
  readonly vector: Uint32Array;
  /** Keyed. */
  readonly source: number;
  /** Like no common habit of the prior (usual.ts). */
  readonly strange: boolean;
}

interface Hour {
  readonly number: number;
  readonly vectors: Uint32Array;
  readonly strange: Uint8Array;
  /** Vectors that were offered; the first `vectorsPerHour` found a place for certain. */
  offered: number;
  readonly bySource: Map<number, number>;
}

export const hoursMax = hoursKept * vectorsPerHour;

export class Hours {
  readonly #random: Random;
  #hours: Hour[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  get size(): number {
    return this.#hours.reduce((sum, { offered }) => sum + Math.min(offered, vectorsPerHour), 0);
  }

  /** False where its source has taught enough this hour. Each of an hour's vectors is kept with the same chance (Vitter's algorithm R, 1985). */
  offer({ vector, source, strange }: Offer, nowMs: number): boolean {
    const hour = this.#current(nowMs);
    const taught = hour.bySource.get(source) ?? 0;
    if (taught >= perSource || (taught === 0 && hour.bySource.size >= sourcesMax)) return false;
    hour.bySource.set(source, taught + 1);
    const place = hour.offered < vectorsPerHour ? hour.offered : below(this.#random, hour.offered + 1);
    hour.offered += 1;
    if (place < vectorsPerHour) {
      hour.vectors.set(vector, place * sampleWidth);
      hour.strange[place] = strange ? 1 : 0;
    }
    return true;
  }

  forget(nowMs: number): void {
    const first = Math.floor(nowMs / hourMs) - hoursKept + 1;
    this.#hours = this.#hours.filter(({ number }) => number >= first);
  }

  *kept(): IterableIterator<Omit<Offer, "source">> {
    for (const { vectors, strange, offered } of this.#hours) {
      for (let at = 0; at < Math.min(offered, vectorsPerHour); at += 1) {
        const vector = vectors.subarray(at * sampleWidth, (at + 1) * sampleWidth);
        yield { vector, strange: strange[at] === 1 };
      }
    }
  }

  #current(nowMs: number): Hour {
    const number = Math.floor(nowMs / hourMs);
    const last = this.#hours.at(-1);
    if (last?.number === number) return last;
    if (last !== undefined) last.bySource.clear();
    const vectors = new Uint32Array(vectorsPerHour * sampleWidth);
    const strange = new Uint8Array(vectorsPerHour);
    const hour: Hour = { number, vectors, strange, offered: 0, bySource: new Map() };
    this.#hours.push(hour);
    this.forget(nowMs);
    return hour;
  }
}
