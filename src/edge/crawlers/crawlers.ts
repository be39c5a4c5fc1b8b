/**
 * Who says to be a search engine's crawler, and whether it is one. What is known answers at once; the rest is asked of DNS on the side,
 * a few at a time, and is unknown until then.
 */
import { Resolver } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { BoundedQueue } from "../../base/bounded-queue.ts";
import { type Clock, hourMs } from "../../base/clock.ts";
import { RecentMap } from "../../base/recent-map.ts";
import { Remembered } from "../../base/remembered.ts";
import { type IpAddress, parseAddress } from "../../decision/address.ts";
import { confirm, type Confirmed, type Names } from "./confirm.ts";
import { claimedEngine, type Engine } from "./engines.ts";

/** `none`: it says nothing of the kind. */
export type Claim = Confirmed | "none";

export interface CrawlersOptions {
  /** `decision.verify_crawlers`. */
  readonly verify: boolean;
  readonly clock: Clock;
  /** Default: whom the system asks. */
  readonly names?: Names;
  readonly limits?: Partial<typeof crawlerLimits>;
}

export const crawlerLimits = {
  /** Addresses whose claim is kept; the least recently seen is forgotten first. */
  known: 16_384,
  /** Questions under way. A flood of false crawlers costs no more than these. */
  atATime: 4,
  /** Waiting for one. Whoever finds no place is asked about when they come again. */
  waiting: 256,
  timeoutMs: 5_000,
};

/** For how long an answer holds. An unknown one is asked for again soon. */
const heldMs = { verified: 24 * hourMs, false: hourMs, unknown: 60_000 } as const satisfies Record<
  Confirmed,
  number
>;
const agentsMax = 4_096;

interface Known {
  readonly claim: Confirmed;
  readonly untilMs: number;
}

interface Question {
  readonly key: string;
  readonly address: IpAddress;
  readonly engine: Engine;
}

export class Crawlers {
  readonly #verify: boolean;
  readonly #clock: Clock;
  readonly #names: Names;
  readonly #limits: typeof crawlerLimits;
  readonly #engines = new Remembered(claimedEngine, agentsMax);
  readonly #known: RecentMap<string, Known>;
  readonly #waiting: BoundedQueue<Question>;
  readonly #underWay = new Set<Promise<void>>();

  constructor({ verify, clock, names, limits }: CrawlersOptions) {
    this.#verify = verify;
    this.#clock = clock;
    this.#limits = { ...crawlerLimits, ...limits };
    this.#names = names ?? new Resolver({ timeout: this.#limits.timeoutMs, tries: 1 });
    this.#known = new RecentMap(this.#limits.known);
    this.#waiting = new BoundedQueue(this.#limits.waiting);
  }

  /** Of an address and the User-Agent that it sent. Never waits. */
  claimOf(address: string, agent: string): Claim {
    const engine = this.#engines.of(agent);
    if (engine === undefined) return "none";
    if (!this.#verify || engine.domains.length === 0) return "unknown";
    const key = `${engine.name} ${address}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.untilMs > this.#clock.nowMs()) return known.claim;
    const parsed = parseAddress(address);
    if (parsed === undefined) return "unknown";
    // No search engine comes from a private network or from this machine, and nobody else's resolver is to hear of those.
    if (ipaddr.parse(parsed.text).range() !== "unicast") return "false";
    this.#ask({ key, address: parsed, engine });
    return "unknown";
  }

  /** Resolves once nothing is asked any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Known as unknown until it is answered, so that nobody is asked about twice at a time. */
  #ask(question: Question): void {
    if (!this.#waiting.push(question)) return;
    this.#keep(question, "unknown");
    this.#fill();
  }

  #fill(): void {
    while (this.#underWay.size < this.#limits.atATime) {
      const question = this.#waiting.shift();
      if (question === undefined) return;
      const answering = this.#answer(question).finally(() => {
        this.#underWay.delete(answering);
        this.#fill();
      });
      this.#underWay.add(answering);
    }
  }

  async #answer(question: Question): Promise<void> {
    const { address, engine } = question;
    this.#keep(question, await confirm(address, engine, this.#names, this.#limits.timeoutMs));
  }

  #keep({ key }: Question, claim: Confirmed): void {
    this.#known.set(key, { claim, untilMs: this.#clock.nowMs() + heldMs[claim] });
  }
}
