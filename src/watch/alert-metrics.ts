/** What Prometheus is told of alerts: by channel, which is named without what would open it. */
import type { AlertState } from "../bus/facts.ts";
import type { MetricSet } from "./metric-set.ts";

export class AlertMetrics {
  readonly #sent;
  readonly #failed;
  readonly #waiting;

  constructor(set: MetricSet) {
    this.#sent = set.gauge("alerts_sent", "Alerts that a channel took, since the watch started", ["channel"]);
    this.#failed = set.gauge(
      "alerts_failed",
      "Attempts to send an alert that failed, since the watch started",
      ["channel"],
    );
    this.#waiting = set.gauge(
      "alerts_undelivered",
      "Alerts that wait for another attempt, or were given up within a day",
      ["channel", "state"],
    );
  }

  state(states: readonly AlertState[]): void {
    for (const { channel, sent, failed, waiting, dead } of states) {
      this.#sent.set({ channel }, sent);
      this.#failed.set({ channel }, failed);
      this.#waiting.set({ channel, state: "waiting" }, waiting);
      this.#waiting.set({ channel, state: "given up" }, dead);
    }
  }
}
