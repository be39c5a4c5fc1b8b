/**
 * What the studio hears from the watch, for as many open pages as there may be: one subscription, the last ten minutes in memory, and a
 * tick that notices silence. It starts with the studio and needs no watch to do so.
 */
import type { Clock } from "../base/clock.ts";
import type { Bus } from "../bus/bus.ts";
import type { Traffic } from "../bus/facts.ts";
import { Shares } from "../base/shares.ts";
import { type Now, nowOf } from "./now.ts";
import { RecentTraffic } from "./recent-traffic.ts";

export interface WatchFeedOptions {
  readonly bus: Pick<Bus, "subscribe" | "request">;
  readonly clock: Clock;
}

export interface Listener {
  /** One more second has come. */
  traffic(second: Traffic): void;
  /** Every second, whatever comes. */
  now(now: Now): void;
  /** Incidents, or the drill, are no longer as they were. */
  changed(): void;
}

/** No page waits longer for the watch. */
export const patienceMs = 300;
/** Open pages that are told what happens. The browsers of a whole newsroom, twice over … */
export const listenersMax = 64;
/** … and those of one person, who takes no places from the others. */
export const listenersOfOneMax = 8;
const tickMs = 1_000;

export class WatchFeed {
  readonly #options: WatchFeedOptions;
  readonly #listeners = new Set<Listener>();
  readonly #shares = new Shares<string>(listenersOfOneMax);
  #traffic = new RecentTraffic();
  /** What came before the studio listened has been asked for and given. */
  #recalled = false;
  #tick: Timer | undefined;

  constructor(options: WatchFeedOptions) {
    this.#options = options;
    options.bus.subscribe("traffic", (second) => this.#hear(second));
    options.bus.subscribe("incident", () => this.changed());
    void this.#recall();
  }

  /** Oldest first. */
  get seconds(): readonly Traffic[] {
    return this.#traffic.seconds;
  }

  /** Returns what ends it; undefined where too many listen already, or too many pages of this account. */
  listen(listener: Listener, account: string): (() => void) | undefined {
    const leave = this.#listeners.size >= listenersMax ? undefined : this.#shares.take(account);
    if (leave === undefined) return undefined;
    this.#listeners.add(listener);
    this.#tick ??= setInterval(() => void this.#tellNow(), tickMs);
    return () => {
      leave();
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#tick);
      this.#tick = undefined;
    };
  }

  /** Asks the watch only where it has been silent, and then not for long. */
  async now(): Promise<Now> {
    const { bus, clock } = this.#options;
    const now = nowOf(this.seconds, clock.nowMs());
    if (now.state !== "the edge is silent") return now;
    const answers = await bus.request("watch.status", {}, { timeoutMs: patienceMs }).then(
      () => true,
      () => false,
    );
    return answers ? now : { state: "the watch is silent" };
  }

  changed(): void {
    for (const listener of this.#listeners) listener.changed();
  }

  #hear(second: Traffic): void {
    this.#traffic.add(second);
    if (!this.#recalled) void this.#recall();
    for (const listener of this.#listeners) listener.traffic(second);
  }

  async #tellNow(): Promise<void> {
    const now = await this.now();
    for (const listener of this.#listeners) listener.now(now);
  }

  /** Puts what the watch remembers before what was heard. Where it doesn't answer it is asked again when it is heard. */
  async #recall(): Promise<void> {
    this.#recalled = true;
    try {
      const { seconds } = await this.#options.bus.request("watch.traffic", {}, { timeoutMs: patienceMs });
      const heardFrom = this.seconds[0]?.at;
      const before = seconds.filter(({ at }) => heardFrom === undefined || at < heardFrom);
      this.#traffic = new RecentTraffic([...before, ...this.seconds]);
    } catch {
      this.#recalled = false;
    }
  }
}
