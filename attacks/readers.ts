/**
 * People reading while something else happens to the site: each from an address of their own, a page, its style sheet the first time, a pause,
 * the next page. A read is right when it is a 200 with exactly the page that was there in calm.
 */
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../src/base/bytes.ts";
import { below, type Random, seededRandom } from "../src/base/random.ts";
import { get, type Got } from "./get.ts";
import type { Page } from "./pages.ts";
import type { Plan, Reader } from "./plan.ts";
import { assertLoopback, type Target } from "./target.ts";

export interface ReadersOrder {
  readonly plan: Pick<Plan, "seed" | "readers" | "thinkMs">;
  readonly target: Target;
  readonly pages: readonly Page[];
}

export interface Fare {
  readonly reads: number;
  readonly right: number;
  /** Of the right ones, ms, by quantile; 0 where there are none. */
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  /** What came instead, by status, reason, or "another page". */
  readonly wrong: Readonly<Record<string, number>>;
}

export interface ReadersReport {
  readonly calm: Fare;
  readonly flood: Fare;
  /** Of the flood's time, those who read from its own networks. */
  readonly among_flood: Fare;
}

/** Pages on one visit, after which the connection is given up. */
const visitPages = 4;
/** Reads that are kept; far more than a drill's time allows. */
const readsMax = 500_000;

interface Read {
  readonly during: "calm" | "flood";
  readonly amongFlood: boolean;
  /** Undefined where it was wrong. */
  readonly ms: number | undefined;
  readonly wrong: string | undefined;
}

export class Readers {
  readonly #order: ReadersOrder;
  readonly #reads: Read[] = [];
  readonly #stopping = new AbortController();
  #during: Read["during"] = "calm";

  constructor(order: ReadersOrder) {
    assertLoopback(order.target);
    this.#order = order;
  }

  /** From now on reads count as the flood's time. */
  floodBegins(): void {
    this.#during = "flood";
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves once everybody has read their last page after `stop`. */
  async read(): Promise<ReadersReport> {
    const { plan } = this.#order;
    const random = seededRandom(plan.seed + 1);
    await Promise.all(plan.readers.map((reader) => this.#person(reader, random)));
    const flood = this.#reads.filter(({ during }) => during === "flood");
    return {
      calm: fareOf(this.#reads.filter(({ during }) => during === "calm")),
      flood: fareOf(flood),
      among_flood: fareOf(flood.filter(({ amongFlood }) => amongFlood)),
    };
  }

  async #person(reader: Reader, random: Random): Promise<void> {
    await this.#pause(random.next());
    for (let visit = 0; !this.#stopping.signal.aborted; visit += 1) {
      const agent = new Agent({ keepAlive: true, maxSockets: 2 });
      for (let page = 0; page < visitPages && !this.#stopping.signal.aborted; page += 1) {
        await this.#readPage(reader, agent, random, visit === 0 && page === 0);
        await this.#pause(0.5 + random.next());
      }
      agent.destroy();
    }
  }

  async #readPage(
    { address, headers, amongFlood }: Reader,
    agent: Agent,
    random: Random,
    withParts: boolean,
  ): Promise<void> {
    const { target, pages } = this.#order;
    const page = pages[below(random, pages.length)];
    if (page === undefined || this.#reads.length >= readsMax) return;
    const during = this.#during;
    const asking = { target, headers, localAddress: address, agent };
    const got = await get({ ...asking, path: page.path });
    const wrong = wrongWith(got, page);
    this.#reads.push({
      during,
      amongFlood,
      wrong,
      ms: got.outcome === "answer" && wrong === undefined ? got.ms : undefined,
    });
    if (withParts) await Promise.all(page.parts.map((path) => get({ ...asking, path })));
  }

  async #pause(share: number): Promise<void> {
    await sleep(share * this.#order.plan.thinkMs, undefined, { signal: this.#stopping.signal }).catch(
      () => {},
    );
  }
}

/** What is wrong with it, in a word or two. */
function wrongWith(got: Got, page: Page): string | undefined {
  if (got.outcome === "nothing") return got.reason;
  if (got.status !== 200) return String(got.status);
  return sha256(got.body) === page.sha256 ? undefined : "another page";
}

function fareOf(reads: readonly Read[]): Fare {
  const times = reads.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
  const at = (quantile: number): number =>
    Math.round((times[Math.ceil(times.length * quantile) - 1] ?? 0) * 100) / 100;
  const wrong: Record<string, number> = {};
  for (const { wrong: what } of reads) if (what !== undefined) wrong[what] = (wrong[what] ?? 0) + 1;
  return {
    reads: reads.length,
    right: times.length,
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    p99_ms: at(0.99),
    wrong,
  };
}
