/** A sign of life to whoever calls people once it stays away: no machine can tell by itself that it has died or that its line is cut. */
import type { Clock } from "../../base/clock.ts";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { assertTaken, type Send } from "./outbound.ts";

const everyMs = 60_000;
const patienceMs = 10_000;

export interface HeartbeatOptions {
  readonly url: string;
  readonly send: Send;
  readonly clock: Clock;
  readonly log: Log;
}

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #beatMs = Number.NEGATIVE_INFINITY;
  #beating: Promise<void> | undefined;
  #failed = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** To be called every second while the watch is well. */
  beat(): void {
    const nowMs = this.#options.clock.nowMs();
    if (this.#beating !== undefined || nowMs - this.#beatMs < everyMs) return;
    this.#beatMs = nowMs;
    this.#beating = this.#send().finally(() => (this.#beating = undefined));
  }

  /** Resolves once nothing is on its way. */
  get idle(): Promise<void> {
    return this.#beating ?? Promise.resolve();
  }

  async #send(): Promise<void> {
    const { url, send, log } = this.#options;
    try {
      assertTaken(await send(url, { method: "GET", signal: AbortSignal.timeout(patienceMs) }));
      this.#failed = false;
    } catch (thrown) {
      if (!this.#failed) log.warn("the heartbeat was not taken", { error: messageOf(thrown) });
      this.#failed = true;
    }
  }
}
