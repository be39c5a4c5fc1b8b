/** How a lane's server does: how long it took until its answers began, and how often there was none, since the last time that somebody asked. */

export interface LaneFare {
  readonly requests: number;
  /** No answer, or one that says that the server itself failed (5xx). */
  readonly failed: number;
  /** Ms until an answer began, of some of them. */
  readonly tookMs: readonly number[];
}

/** More say no more about a median. */
const timesMax = 64;

export class LaneVitals {
  #requests = 0;
  #failed = 0;
  #tookMs: number[] = [];

  note(tookMs: number, failed: boolean): void {
    this.#requests += 1;
    if (failed) this.#failed += 1;
    if (this.#tookMs.length < timesMax) this.#tookMs.push(tookMs);
  }

  take(): LaneFare {
    const fare = { requests: this.#requests, failed: this.#failed, tookMs: this.#tookMs };
    this.#requests = this.#failed = 0;
    this.#tookMs = [];
    return fare;
  }
}
