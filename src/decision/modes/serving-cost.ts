/**
 * What serving readers costs, as a share of what the machine and the line can give: as it is now, and as it would be if more were given. What
 * refusals cost is left out: text pages would not make them cheaper.
 */

/** What an edge did in so many seconds. */
export interface Served {
  readonly seconds: number;
  readonly requests: number;
  /** Of those, refused or told to wait: by rules, bans, buckets, gates. */
  readonly refused: number;
  /** Of those that were served, what is no part of a page. */
  readonly pages: number;
  /** On the line to readers. */
  readonly bytes: number;
  /** Text pages that went out in place of whole ones. */
  readonly texts: number;
  readonly textBytes: number;
  /** Requests that only reading-only refused, and what the answers would have weighed as far as that is known. */
  readonly work: number;
  readonly workBytes: number;
  /** Of the processor time that the edge could use, 0..1. */
  readonly cpuShare: number;
  /** Event-loop lag of the workers, ms. */
  readonly lagMs: number;
  /** Most of the readers that the edge knows have not taken what waits for them; undefined where that can't be seen. */
  readonly readersWait?: boolean;
}

export const costCauses = ["processor", "lag", "line"] as const;
export type CostCause = (typeof costCauses)[number];

/** 1: all that there is. */
export type Cost = Readonly<Record<CostCause, number>>;

/** Where each is full. A reader notices a tenth of a second (Miller 1968); what is above nine tenths only grows queues. */
const full = { processor: 0.9, lagMs: 100, line: 0.9 } as const;
/** Lag is of the whole machine: where serving takes less of the processor than this, something else is the reason, and text pages no help. */
const lagShareMin = 0.5;

export interface Spared {
  readonly requests: number;
  readonly bytes: number;
}

export const nothingSpared: Spared = { requests: 0, bytes: 0 };

/** `spared`: what would have been sent besides; `lineBytesPerS`: undefined where nobody knows it. */
export function costOf(served: Served, spared: Spared, lineBytesPerS: number | undefined): Cost {
  const answered = Math.max(0, served.requests - served.refused);
  const share = served.requests === 0 ? 0 : answered / served.requests;
  const more = answered === 0 ? 1 : (answered + spared.requests) / answered;
  const processor = served.cpuShare * share * more;
  const bytesPerS = (served.bytes + spared.bytes) / served.seconds;
  return {
    processor: processor / full.processor,
    lag: processor < lagShareMin ? 0 : (served.lagMs * more) / full.lagMs,
    line: lineBytesPerS === undefined ? 0 : bytesPerS / (lineBytesPerS * full.line),
  };
}

/** After so long what was learned of pages counts half: a crowd at one story is what is reckoned with, not last night. */
const halfLifeS = 10;
/** Fewer pages than this say nothing. */
const pagesMin = 1;

/** What a whole page comes to with all of its parts, learned while whole pages go out. */
export class PagePrice {
  #pages = 0;
  #requests = 0;
  #bytes = 0;

  learn({ seconds, requests, refused, pages, bytes }: Served): void {
    const left = 0.5 ** (seconds / halfLifeS);
    this.#pages = this.#pages * left + pages;
    this.#requests = this.#requests * left + Math.max(0, requests - refused);
    this.#bytes = this.#bytes * left + bytes;
  }

  /** Undefined: nobody has asked for one. */
  get bytes(): number | undefined {
    return this.#pages < pagesMin ? undefined : this.#bytes / this.#pages;
  }

  /** What text pages spared: the rest of the page, and its parts. */
  sparedBy({ texts, textBytes }: Served): Spared {
    if (this.#pages < pagesMin) return nothingSpared;
    return {
      requests: texts * Math.max(0, this.#requests / this.#pages - 1),
      bytes: Math.max(0, texts * (this.#bytes / this.#pages) - textBytes),
    };
  }
}
