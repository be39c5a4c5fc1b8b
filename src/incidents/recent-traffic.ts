/** The last ten minutes of traffic, second by second: the watch answers with it, the studio draws it. */
import type { Traffic } from "../bus/facts.ts";

/** As many as one answer on the bus may hold. */
export const secondsMax = 600;

export class RecentTraffic {
  #seconds: Traffic[] = [];

  /** Oldest first. */
  get seconds(): readonly Traffic[] {
    return this.#seconds;
  }

  /** The oldest goes where there is no room, and what lies more than ten minutes before this one. */
  add(second: Traffic): void {
    const oldestMs = Date.parse(second.at) - secondsMax * 1_000;
    this.#seconds = [...this.#seconds, second]
      .slice(-secondsMax)
      .filter(({ at }) => Date.parse(at) > oldestMs);
  }
}
