/** What was purged lately: an answer that was asked for before its own address was purged is kept by nobody; others' purges are no reason. */
import { type Purge, purges } from "./purge.ts";
import type { Stored } from "./stored.ts";

/** Far more than there are while one answer is on its way; what was asked for longer ago is taken to be outdated. */
const purgesMax = 1_024;

export class PurgeLog {
  readonly #recent: Purge[] = [];
  #count = 0;

  /** How many there have been; as far as is known here. */
  get count(): number {
    return this.#count;
  }

  note(what: Purge): void {
    this.#count += 1;
    this.#recent.push(what);
    if (this.#recent.length > purgesMax) this.#recent.shift();
  }

  /** There were so many before this one was told anything. */
  begin(count: number): void {
    if (count <= this.#count) return;
    this.#count = count;
    this.#recent.length = 0;
  }

  /** Whether one of these was purged after there had been `before`. */
  hasSince(before: number, stored: readonly (readonly [key: string, stored: Stored])[]): boolean {
    const missed = this.#count - before;
    if (missed <= 0) return missed < 0;
    if (missed > this.#recent.length) return true;
    return this.#recent.slice(-missed).some((what) => stored.some((one) => isPurged(what, one)));
  }
}

function isPurged(what: Purge, [key, stored]: readonly [key: string, stored: Stored]): boolean {
  return what.kind === "doubtful" || purges(what, key, stored.kind === "answer" ? stored : undefined);
}
