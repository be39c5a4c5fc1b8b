/** What came in, what did not and why: item by item, and small enough for the bus. */
import type { ImportReport } from "../bus/subjects.ts";

/** "kept": somebody changed it here, or it is withdrawn here, so it stays as it is. */
export type Outcome = "added" | "updated" | "unchanged" | "kept" | "left out";

export interface Line {
  /** `story`, `page`, `media`, `menu item` … */
  readonly what: string;
  /** Its title or whatever people call it. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly detail: string;
}

const nameLengthMax = 200;
const detailLengthMax = 1_000;
/** Bytes of JSON; a line on the bus is 1 MiB at most. */
const bytesMax = 600 * 1024;

export class Report {
  readonly #taken = new Map<string, number>();
  readonly #besides = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #lines: Line[] = [];
  #bytes = 0;
  #omitted = 0;

  /** Something that was added and has no line of its own: sections, redirects. */
  count(what: string): void {
    increase(this.#besides, what);
  }

  /** Always counted; the line itself is left out once the report is full. */
  add({ what, name, outcome, detail }: Line): void {
    increase(this.#outcomes, outcome);
    if (outcome === "added") increase(this.#taken, what);
    const line = {
      what,
      name: name.slice(0, nameLengthMax),
      outcome,
      detail: detail.slice(0, detailLengthMax),
    };
    const bytes = Buffer.byteLength(JSON.stringify(line)) + 1;
    if (this.#bytes + bytes > bytesMax) {
      this.#omitted += 1;
      return;
    }
    this.#bytes += bytes;
    this.#lines.push(line);
  }

  finish(): ImportReport {
    return {
      taken: Object.fromEntries([...this.#taken, ...this.#besides]),
      outcomes: Object.fromEntries(this.#outcomes),
      items: this.#lines,
      omitted: this.#omitted,
    };
  }
}

function increase(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
