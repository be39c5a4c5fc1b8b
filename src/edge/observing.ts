/** What the workers counted, added up and told to the watch about every second, also when nothing happened. */
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Bus } from "../bus/bus.ts";
import type { SignInFacts } from "../bus/facts.ts";
import { trafficOf } from "../decision/summary-traffic.ts";
import { mergeCounts } from "../decision/tally-merge.ts";
import { type LookUpOrigin, summarise } from "../decision/tally-summary.ts";
import type { Counts } from "../decision/tally.ts";
import type { Traffic } from "../decision/traffic.ts";

export interface ObservingOptions {
  readonly edge: string;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly lookUp: LookUpOrigin;
  /** How the gate before the studio does; undefined: there is none. */
  readonly signIn: () => SignInFacts | undefined;
  /** Hears what is told, as the edge's own traffic. */
  readonly observed: (traffic: Traffic) => void;
}

export class Observing {
  readonly #options: ObservingOptions;
  #counts: Counts | undefined;
  #lagMs = 0;
  #sinceMs: number;
  /** Since the process started. */
  requests = 0;
  refused = 0;

  constructor(options: ObservingOptions) {
    this.#options = options;
    this.#sinceMs = options.clock.nowMs();
  }

  add(counts: Counts | undefined, lagMs: number): void {
    this.#lagMs = Math.max(this.#lagMs, lagMs);
    if (counts === undefined) return;
    this.#counts = this.#counts === undefined ? counts : mergeCounts(this.#counts, counts);
    this.requests += counts.requests;
    this.refused += counts.refused;
  }

  /** Tells what came in since the last time; nothing where no worker has reported yet. */
  publish(): void {
    const { edge, bus, clock, lookUp, observed } = this.#options;
    const signIn = this.#options.signIn();
    const nowMs = clock.nowMs();
    if (this.#counts === undefined) return;
    const summary = summarise(this.#counts, lookUp);
    const seconds = Math.max(0.001, (nowMs - this.#sinceMs) / 1000);
    observed(trafficOf([summary], { endMs: nowMs, seconds }));
    bus.publish("observation", {
      edge,
      at: rfc3339(nowMs),
      seconds,
      ...summary,
      lag_ms: this.#lagMs,
      events_lost: bus.lost,
      ...(signIn === undefined ? {} : { sign_in: signIn }),
    });
    this.#counts = undefined;
    this.#lagMs = 0;
    this.#sinceMs = nowMs;
  }
}
