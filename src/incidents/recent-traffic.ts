/** The last ten minutes of traffic, second by second: the watch answers with it, the studio draws it. */
import type { Traffic } from "../bus/facts.ts";

/** As many as one answer on the bus may hold. */
export const secondsMax = 600;

export class RecentTraffic {
  readonly #seconds: Traffic[];

  /** `seconds`: oldest first. */
  constructor(seconds: readonly Traffic[] = []) {
    this.#seconds = seconds.slice(-secondsMax);
  }

  /** Oldest first. */
  get seconds(): readonly Traffic[] {
    return this.#seconds;
  }

  /** The oldest goes where there is no room, and what lies more than ten minutes before this one. */
  add(second: Traffic): void {
    const keptFromMs = Date.parse(second.at) - secondsMax * 1_000;
    this.#seconds.push(second);
    const tooOld = this.#seconds.findIndex(({ at }) => Date.parse(at) > keptFromMs);
    this.#seconds.splice(0, Math.max(tooOld, this.#seconds.length - secondsMax));
  }
}
