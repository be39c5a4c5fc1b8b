/** Time as a thing that is handed in, so that tests and simulations own it. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Whole hours and days, for what is decided in them. */
export const hourMs = 60 * 60 * 1_000;
export const dayMs = 24 * hourMs;

/** A clock that only moves when told to. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
}

/** RFC 3339 in UTC, with milliseconds: 2011-07-31T14:05:09.000Z. */
export function rfc3339(atMs: number): string {
  return new Date(atMs).toISOString();
}
