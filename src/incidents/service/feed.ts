/** What the studio last heard of how much the edge serves, and how it orders otherwise. It needs no edge to start. */
import type { Clock } from "../../base/clock.ts";
import { type Bus, BusError } from "../../bus/bus.ts";
import type { ServiceFacts, ServiceOrder } from "../../bus/service-facts.ts";

export interface ServiceFeedOptions {
  readonly bus: Pick<Bus, "subscribe" | "request">;
  readonly clock: Clock;
  /** What a page has to be drawn anew for. */
  readonly changed: () => void;
}

/** An edge tells it every five seconds. */
const silentAfterMs = 15_000;
/** Somebody waits for it. */
const patience = { timeoutMs: 3_000 } as const;
/** A night's decision is not to outlive the night. */
const orderedS = 3_600;

export const serviceOrders = ["lite", "normal", "auto"] as const satisfies readonly ServiceOrder["level"][];
export type ServiceOrderName = (typeof serviceOrders)[number];

export class ServiceFeed {
  readonly #options: ServiceFeedOptions;
  #last: { readonly facts: ServiceFacts; readonly heardMs: number } | undefined;

  constructor(options: ServiceFeedOptions) {
    this.#options = options;
    options.bus.subscribe("service", (facts) => this.#hear(facts));
  }

  /** Undefined where the edge has been silent for a while. */
  get facts(): ServiceFacts | undefined {
    const isHeard =
      this.#last !== undefined && this.#options.clock.nowMs() - this.#last.heardMs < silentAfterMs;
    return isHeard ? this.#last?.facts : undefined;
  }

  /** False where the edge didn't answer: whether it was done is not known then. */
  async order(level: ServiceOrderName): Promise<boolean> {
    try {
      const ask = { level, seconds: orderedS };
      this.#hear((await this.#options.bus.request("edge.service.order", ask, patience)).service);
      return true;
    } catch (thrown) {
      if (thrown instanceof BusError) return false;
      throw thrown;
    }
  }

  #hear(facts: ServiceFacts): void {
    const before = this.#last?.facts;
    this.#last = { facts, heardMs: this.#options.clock.nowMs() };
    const isOther = before?.level !== facts.level || before.ordered_until !== facts.ordered_until;
    if (isOther) this.#options.changed();
  }
}
