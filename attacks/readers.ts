/**
 * People reading while something else happens to the site: each from an address of their own, a page, its style sheet the first time, a pause,
 * the next page; feed readers ask for the feed again and again. A read is right when it is a 200 with exactly what was there in calm, or a
 * 304 to somebody who has that.
 */
import type { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../src/base/bytes.ts";
import { below, type Random, seededRandom } from "../src/base/random.ts";
import { type Read, type ReadersReport, reportOf } from "./fare.ts";
import { get, type Got, openAgent } from "./get.ts";
import type { Found, Page } from "./pages.ts";
import type { Plan, Reader } from "./plan.ts";
import { assertLoopback, type Target } from "./target.ts";

export interface ReadersOrder {
  readonly plan: Pick<Plan, "seed" | "readers" | "thinkMs">;
  readonly target: Target;
  readonly found: Found;
}

/** Pages on one visit, after which the connection is given up. */
const visitPages = 4;
/** Reads that are kept; far more than a drill's time allows. */
const readsMax = 500_000;

export class Readers {
  readonly #order: ReadersOrder;
  readonly #reads: Read[] = [];
  readonly #stopping = new AbortController();
  readonly #onset = Promise.withResolvers<void>();
  #onsetMs = Number.POSITIVE_INFINITY;

  constructor(order: ReadersOrder) {
    assertLoopback(order.target);
    this.#order = order;
  }

  /** From now on reads count as the flood's time, and those who are late begin to come. */
  floodBegins(): void {
    this.#onsetMs = performance.now();
    this.#onset.resolve();
  }

  stop(): void {
    this.#stopping.abort();
    this.#onset.resolve();
  }

  /** Resolves once everybody has read their last page after `stop`. */
  async read(): Promise<ReadersReport> {
    const { plan } = this.#order;
    const random = seededRandom(plan.seed + 1);
    await Promise.all(plan.readers.map((reader) => this.#person(reader, random)));
    return reportOf(this.#reads);
  }

  async #person(reader: Reader, random: Random): Promise<void> {
    if (reader.late) await this.#onset.promise;
    await this.#pause(random.next());
    let feed: string | undefined;
    for (let visit = 0; !this.#stopping.signal.aborted; visit += 1) {
      const agent = openAgent(this.#order.target);
      for (let page = 0; page < visitPages && !this.#stopping.signal.aborted; page += 1) {
        if (this.#readsFeed(reader)) feed = await this.#readFeed(reader, agent, feed);
        else await this.#readPage(reader, agent, random, visit === 0 && page === 0);
        await this.#pause(0.5 + random.next());
      }
      agent.destroy();
    }
  }

  #readsFeed({ client }: Reader): boolean {
    return client === "feed-reader" && this.#order.found.feed !== undefined;
  }

  /** The feed's tag, for the next time. */
  async #readFeed(reader: Reader, agent: Agent, known: string | undefined): Promise<string | undefined> {
    const { feed } = this.#order.found;
    if (feed === undefined) return undefined;
    const got = await this.#readOne(reader, agent, feed, known);
    return got.outcome === "answer" && got.etag !== "" ? got.etag : known;
  }

  async #readPage(reader: Reader, agent: Agent, random: Random, first: boolean): Promise<void> {
    const { target, found } = this.#order;
    const page = found.pages[below(random, found.pages.length)];
    if (page === undefined) return;
    await this.#readOne(reader, agent, page, undefined);
    // Neither a text browser nor an archive that looks for pages asks for parts.
    const hasParts =
      first && (reader.client === "phone" || reader.client === "desktop" || reader.client === "tor");
    if (hasParts) await Promise.all(page.parts.map((path) => get({ target, reader, agent, path })));
  }

  async #readOne(reader: Reader, agent: Agent, page: Page, known: string | undefined): Promise<Got> {
    const atMs = performance.now() - this.#onsetMs;
    const got = await get({ target: this.#order.target, reader, agent, path: page.path, known });
    const wrong = wrongWith(got, page, known);
    const ms = got.outcome === "answer" && wrong === undefined ? got.ms : undefined;
    if (this.#reads.length < readsMax) this.#reads.push({ reader, atMs, ms, wrong });
    return got;
  }

  async #pause(share: number): Promise<void> {
    await sleep(share * this.#order.plan.thinkMs, undefined, { signal: this.#stopping.signal }).catch(
      () => {},
    );
  }
}

/** What is wrong with it, in a word or two. */
function wrongWith(got: Got, page: Page, known: string | undefined): string | undefined {
  if (got.outcome === "nothing") return got.reason;
  if (got.status === 304 && known !== undefined) return undefined;
  if (got.status !== 200) return String(got.status);
  return sha256(got.body) === page.sha256 ? undefined : "another page";
}
