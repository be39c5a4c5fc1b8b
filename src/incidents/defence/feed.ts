/** What the studio last heard of the edge's defence, and how it asks the edge to do otherwise. It needs no edge to start. */
import type { Clock } from "../../base/clock.ts";
import { type Answer, type Asked, type Bus, BusError, type RequestSubject } from "../../bus/bus.ts";
import type { DefenceFacts } from "../../bus/facts.ts";
import { silentAfterMs } from "../now.ts";

export interface DefenceFeedOptions {
  readonly bus: Pick<Bus, "subscribe" | "request">;
  readonly clock: Clock;
  /** What a page has to be drawn anew for. */
  readonly changed: () => void;
}

/** What an operator can have done. */
export type OrderSubject = Extract<RequestSubject, `edge.defence${string}` | `edge.rules.${string}`>;

/** Somebody waits for it: longer than for a page's facts, and not so long that they press again. */
const patience = { timeoutMs: 3_000 } as const;

/** One machine has one edge. */
export class DefenceFeed {
  readonly #options: DefenceFeedOptions;
  #last: { readonly facts: DefenceFacts; readonly heardMs: number } | undefined;

  constructor(options: DefenceFeedOptions) {
    this.#options = options;
    options.bus.subscribe("defence", (facts) => this.#hear(facts));
  }

  /** Undefined where the edge has been silent for a while. */
  get facts(): DefenceFacts | undefined {
    if (this.#last === undefined) return undefined;
    const { facts, heardMs } = this.#last;
    return this.#options.clock.nowMs() - heardMs < silentAfterMs ? facts : undefined;
  }

  /** Undefined where the edge didn't answer: whether it was done is not known then. */
  async order<S extends OrderSubject>(subject: S, ask: Asked<S>): Promise<Answer<S> | undefined> {
    const answer = await this.#ask(subject, ask);
    if (answer === undefined) return undefined;
    // Whoever ordered something sees it on the next page, and not what was told a second ago.
    const now = await this.#ask("edge.defence", {});
    if (now !== undefined) this.#hear(now.defence);
    return answer;
  }

  async #ask<S extends OrderSubject>(subject: S, ask: Asked<S>): Promise<Answer<S> | undefined> {
    try {
      return await this.#options.bus.request(subject, ask, patience);
    } catch (thrown) {
      if (thrown instanceof BusError) return undefined;
      throw thrown;
    }
  }

  #hear(facts: DefenceFacts): void {
    const before = this.#last?.facts;
    this.#last = { facts, heardMs: this.#options.clock.nowMs() };
    if (before === undefined || shapeOf(before) !== shapeOf(facts)) this.#options.changed();
  }
}

/** What stays the same for as long as only figures change. */
function shapeOf({ mode, forced, frozen, dry_run, rules }: DefenceFacts): string {
  return JSON.stringify([mode, forced, frozen, dry_run, rules.map(({ id, state }) => [id, state])]);
}
