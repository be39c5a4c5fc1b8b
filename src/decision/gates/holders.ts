/** What those had lately who hold tickets and passes: by the prefix that these were shown from, and by the pass. */
import { Attained } from "./attained.ts";
import type { Standing } from "./standing.ts";

/** Only who had a turn is remembered, so that no flood makes it forget: at fifty turns a second, those of more than five minutes. */
const holdersMax = 32_768;

export class Holders {
  readonly #prefixes = new Attained<number>(holdersMax);
  readonly #passes = new Attained<bigint>(holdersMax);
  /** How many wait for their turn, of each prefix and each pass. */
  readonly #waiting = new Map<number | bigint, number>();

  /** Turns that its prefix or its pass had lately, or waits for: of whichever that is more. */
  hadBy({ prefix, pass }: Standing, nowMs: number): number {
    const byPrefix = this.#prefixes.of(prefix, nowMs) + (this.#waiting.get(prefix) ?? 0);
    if (pass === undefined) return byPrefix;
    return Math.max(byPrefix, this.#passes.of(pass, nowMs) + (this.#waiting.get(pass) ?? 0));
  }

  took({ prefix, pass }: Standing, nowMs: number): void {
    this.#prefixes.add(prefix, 1, nowMs);
    if (pass !== undefined) this.#passes.add(pass, 1, nowMs);
  }

  /** `more`: 1 or -1. */
  waits({ prefix, pass }: Standing, more: number): void {
    this.#count(prefix, more);
    if (pass !== undefined) this.#count(pass, more);
  }

  #count(key: number | bigint, more: number): void {
    const waiting = (this.#waiting.get(key) ?? 0) + more;
    if (waiting === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, waiting);
  }
}
