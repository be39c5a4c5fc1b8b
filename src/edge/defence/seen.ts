/** What the last seconds looked like, for the operator's eyes: requests by country of traffic origin, how readers in good standing fare, what is held back. */
import type { DefenceFacts } from "../../bus/facts.ts";
import { ends, type Sample, sampleExtras, sampleWidth } from "../../decision/requests/sample.ts";
import { traits } from "../../decision/requests/trait.ts";
import type { Window } from "../../decision/signatures/window.ts";
import type { WorkerReport } from "../messages.ts";

const spanMs = 3_000;
/** Readers are told of the last second. */
const readersMs = 1_000;
const countriesMax = 250;
const countryAt = traits.indexOf("country");
const endAt = traits.length + sampleExtras.indexOf("end");
const unknownCountry = "ZZ";

interface Part {
  readonly atMs: number;
  readonly country: string;
  readonly requests: number;
  readonly refused: number;
}

export class Seen {
  readonly #window: Window;
  #parts: Part[] = [];
  #readers: { readonly atMs: number; readonly requests: number; readonly served: number }[] = [];
  readonly #held = new Map<number, number>();

  /** `window`: knows the texts behind hashes. */
  constructor(window: Window) {
    this.#window = window;
  }

  /** `worker`: its slot. */
  add(worker: number, { sample, notes, held }: WorkerReport, nowMs: number): void {
    this.#addCountries(sample, nowMs);
    const { knownRequests: requests, knownServed: served } = notes;
    if (requests > 0) this.#readers.push({ atMs: nowMs, requests, served });
    this.#held.set(worker, held);
    this.#parts = this.#parts.filter(({ atMs }) => atMs > nowMs - spanMs);
    this.#readers = this.#readers.filter(({ atMs }) => atMs > nowMs - readersMs);
  }

  /** Refusals that are held back now, in all workers. */
  get held(): number {
    return this.#held.values().reduce((sum, held) => sum + held, 0);
  }

  get knownReaders(): DefenceFacts["known_readers"] {
    return this.#readers.reduce(
      (sum, { requests, served }) => ({ requests: sum.requests + requests, served: sum.served + served }),
      { requests: 0, served: 0 },
    );
  }

  #addCountries({ vectors, count, weight }: Sample, nowMs: number): void {
    const sums = new Map<number, { requests: number; refused: number }>();
    for (let at = 0; at < count * sampleWidth; at += sampleWidth) {
      const country = vectors[at + countryAt] ?? 0;
      const sum = sums.get(country) ?? { requests: 0, refused: 0 };
      sum.requests += weight;
      if (vectors[at + endAt] === ends.refused) sum.refused += weight;
      sums.set(country, sum);
    }
    for (const [hash, sum] of sums) {
      this.#parts.push({
        atMs: nowMs,
        country: this.#window.text("country", hash) ?? unknownCountry,
        ...sum,
      });
    }
  }

  /** Of the last seconds, the busiest first. */
  get countries(): DefenceFacts["countries"] {
    const sums = new Map<string, { code: string; requests: number; refused: number }>();
    for (const { country, requests, refused } of this.#parts) {
      const sum = sums.get(country) ?? { code: country.slice(0, 2), requests: 0, refused: 0 };
      sum.requests += requests;
      sum.refused += refused;
      sums.set(country, sum);
    }
    return [...sums.values()].sort((a, b) => b.requests - a.requests).slice(0, countriesMax);
  }
}
