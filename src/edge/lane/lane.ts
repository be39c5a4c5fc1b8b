/**
 * A way through the edge to one server behind it, with connections, limits and memory of its own: what clogs it clogs nothing
 * else. Connections are kept for requests that may be sent twice; others get a new one.
 */
import type { Log } from "../../base/log.ts";
import { Shares } from "../../base/shares.ts";
import type { Provenance } from "../../decision/record.ts";
import type { ErrorAnswer } from "../errors.ts";
import { Transfers } from "../transfers.ts";
import type { LaneAddress } from "./address.ts";
import { type Connection, connectTo } from "./connection.ts";
import { type LaneAnswer, type LaneFault, type LaneLimits, type LaneRequest, Passage } from "./passage.ts";

export interface LaneOptions {
  readonly name: "origin" | "studio";
  readonly address: LaneAddress;
  readonly limits: LaneLimits;
  /** Requests on their way at a time. */
  readonly connectionsMax: number;
  /** Of those, for one prefix: a few slow clients keep nobody else out. Infinity: as many as there are. */
  readonly ofOnePrefixMax: number;
  /** The client's least pace, for each body that is longer than a moment. */
  readonly pace: { readonly rateMin: number; readonly graceMs: number };
  /** Under `/_kasbah/` the edge answers itself. */
  readonly leavesReserved: boolean;
  readonly provenance: Provenance;
  /** What a client is told instead of an answer. */
  readonly errors: Readonly<Record<LaneFault, ErrorAnswer>>;
  readonly monotonicMs: () => number;
  readonly log: Log;
}

interface Kept {
  readonly connection: Connection;
  readonly sinceMs: number;
}

const keptMax = 64;
/** Less than servers usually wait (Node.js and Apache: five seconds). */
const keptMs = 4_000;
/** RFC 9110, section 9.2.1: these may be sent again where a kept connection turns out closed. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

export class Lane {
  readonly options: LaneOptions;
  readonly #passages = new Set<Passage>();
  readonly #kept: Kept[] = [];
  readonly #transfers: Transfers;
  readonly #shares: Shares<number>;
  /** Attempts to connect that the system goes on with although nobody waits any more. */
  #dialling = 0;
  #isFailing = false;

  constructor(options: LaneOptions) {
    this.options = options;
    const { connectionsMax, ofOnePrefixMax, pace, monotonicMs } = options;
    this.#shares = new Shares(ofOnePrefixMax);
    // A body in each direction.
    this.#transfers = new Transfers({ ...pace, transfersMax: connectionsMax * 2, monotonicMs });
  }

  /** Requests on their way. */
  get running(): number {
    return this.#passages.size;
  }

  /** Never rejects. */
  async pass(request: LaneRequest): Promise<LaneAnswer> {
    const { limits, connectionsMax, monotonicMs } = this.options;
    const isFull = Math.max(this.#passages.size, this.#dialling) >= connectionsMax;
    const leave = isFull ? undefined : this.#shares.take(request.prefix);
    if (leave === undefined) return { kind: "fault", fault: "busy" };
    const passage: Passage = new Passage(request, {
      limits,
      monotonicMs,
      transfers: this.#transfers,
      dial: () => this.#dial(),
      keep: (connection) => this.#keep(connection),
      over: () => {
        this.#passages.delete(passage);
        leave();
      },
    });
    this.#passages.add(passage);
    const repeatable = request.body === null && safeMethods.has(request.method);
    const answer = await passage.run(repeatable ? this.#kept.pop()?.connection : undefined);
    this.#tell(answer);
    return answer;
  }

  /** To be called about once a second. Says how many slow clients were cut. */
  tend(): number {
    const nowMs = this.options.monotonicMs();
    for (const passage of this.#passages) if (passage.deadlineMs <= nowMs) passage.overdue();
    const old = this.#kept.filter(({ sinceMs }) => sinceMs + keptMs <= nowMs).length;
    for (const { connection } of this.#kept.splice(0, old)) connection.close();
    return this.#transfers.cutOverdue();
  }

  async #dial(): Promise<Connection> {
    this.#dialling += 1;
    try {
      return await connectTo(this.options.address);
    } finally {
      this.#dialling -= 1;
    }
  }

  /** An operator is told when the server begins to fail, and when it answers again. */
  #tell(answer: LaneAnswer): void {
    const { name, log } = this.options;
    const fault = answer.kind === "fault" ? answer.fault : undefined;
    if (fault === undefined && this.#isFailing) log.info(`the ${name} answers again`);
    else if (isServersFault(fault) && !this.#isFailing) log.warn(`the ${name} fails`, { fault });
    if (fault === undefined || isServersFault(fault)) this.#isFailing = fault !== undefined;
  }

  /** Whatever comes while nobody asked ends it: it would be taken for the next one's answer. */
  #keep(connection: Connection): void {
    if (this.#kept.length >= keptMax) return connection.close();
    const kept: Kept = { connection, sinceMs: this.options.monotonicMs() };
    const forget = (): void => {
      const at = this.#kept.indexOf(kept);
      if (at >= 0) this.#kept.splice(at, 1);
    };
    connection.user = {
      data: () => {
        forget();
        connection.close();
      },
      drained: () => {},
      closed: forget,
    };
    this.#kept.push(kept);
  }
}

function isServersFault(fault: LaneFault | undefined): boolean {
  return fault === "unreachable" || fault === "silent" || fault === "broken";
}
