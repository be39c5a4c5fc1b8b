/** How much is told one by one: of each topic so many in a while, then one message that sums up the rest. */
import type { Topic } from "./alert.ts";

const most = 6;
export const whileMs = 10 * 60_000;

export class AlertRate {
  readonly #told = new Map<Topic, number[]>();

  /** Counts it, where it is still one of those that are told. */
  allows(topic: Topic, nowMs: number): boolean {
    const recent = (this.#told.get(topic) ?? []).filter((atMs) => nowMs - atMs < whileMs);
    const isAllowed = recent.length < most;
    this.#told.set(topic, isAllowed ? [...recent, nowMs] : recent);
    return isAllowed;
  }
}
