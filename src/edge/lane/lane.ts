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
import { accepts, type Connection, connectTo, type LaneTls } from "./connection.ts";
import { KeptConnections } from "./kept.ts";
import {
  type LaneAnswer,
  type LaneFault,
  type LaneLimits,
  type LaneRequest,
  Passage,
  type PassageOptions,
} from "./passage.ts";
import { type Stamp, stamped } from "./stamp.ts";
import { LaneVitals } from "./vitals.ts";

export interface LaneOptions {
  readonly name: "origin" | "studio";
  readonly address: LaneAddress;
  /** For an encrypted one, where it is not just as usual. */
  readonly tls?: LaneTls | undefined;
  /** Tells the server who asks. */
  readonly stamp?: Stamp | undefined;
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

/** Ms after which a request is one that lasts: far more than a server nearby takes, far less than a person notices. */
const momentMs = 100;
/** RFC 9110, section 9.2.1: these may be sent again where a kept connection turns out closed. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

export class Lane {
  readonly options: LaneOptions;
  readonly vitals = new LaneVitals();
  /** With what gives each one's share back. */
  readonly #passages = new Map<Passage, () => void>();
  readonly #passageOptions: PassageOptions;
  readonly #kept: KeptConnections;
  readonly #transfers: Transfers;
  /** Attempts to connect since when, some of which nobody waits for any more: Bun can't give one up, the system takes two minutes. */
  readonly #dialling = new Set<{ readonly sinceMs: number }>();
  readonly #shares: Shares<number | string>;
  #isFailing = false;
  /** One for all requests: their number is what makes timers dear. */
  #moment: Timer | undefined;

  constructor(options: LaneOptions) {
    this.options = options;
    const { connectionsMax, ofOnePrefixMax, pace, limits, monotonicMs } = options;
    this.#kept = new KeptConnections(monotonicMs);
    this.#shares = new Shares(ofOnePrefixMax);
    // A body in each direction.
    this.#transfers = new Transfers({ ...pace, transfersMax: connectionsMax * 2, monotonicMs });
    this.#passageOptions = {
      limits,
      monotonicMs,
      transfers: this.#transfers,
      dial: () => this.#dial(),
      keep: (connection) => this.#kept.keep(connection),
      answered: (answer) => this.#tell(answer),
      over: (passage) => this.#end(passage),
    };
  }

  /** Requests on their way. */
  get running(): number {
    return this.#passages.size;
  }

  /** Never rejects. */
  pass(request: LaneRequest): Promise<LaneAnswer> {
    const isFull = this.#passages.size >= this.options.connectionsMax;
    const leave = isFull ? undefined : this.#shares.take(request.holder ?? request.prefix);
    if (leave === undefined) return Promise.resolve({ kind: "fault", fault: "busy" });
    const { stamp } = this.options;
    const sent = stamp === undefined ? request : { ...request, head: stamped(request.head, stamp) };
    const passage = new Passage(sent, this.#passageOptions);
    this.#passages.set(passage, leave);
    if (this.#moment === undefined) this.#moment = setTimeout(() => this.#afterAMoment(), momentMs);
    const repeatable = request.body === null && safeMethods.has(request.method);
    return passage.run(repeatable ? this.#kept.take() : undefined);
  }

  /** To be called about once a second. Says how many slow clients were cut. */
  tend(): number {
    const nowMs = this.options.monotonicMs();
    for (const passage of this.#passages.keys()) if (passage.deadlineMs <= nowMs) passage.overdue();
    this.#kept.closeOld();
    return this.#transfers.cutOverdue();
  }

  #end(passage: Passage): void {
    this.#passages.get(passage)?.();
    this.#passages.delete(passage);
  }

  #afterAMoment(): void {
    this.#moment = undefined;
    for (const passage of this.#passages.keys()) passage.lasts();
  }

  /** Where an attempt hangs, the server has to accept one that can be given up first: no more of those that can't pile up. */
  async #dial(): Promise<Connection> {
    const { address, tls, limits, monotonicMs } = this.options;
    if (this.#hangs && !(await accepts(address, limits.connectMs)))
      throw new Error("nobody accepts connections");
    const attempt = { sinceMs: monotonicMs() };
    this.#dialling.add(attempt);
    try {
      return await connectTo(address, tls);
    } finally {
      this.#dialling.delete(attempt);
    }
  }

  get #hangs(): boolean {
    const [oldest] = this.#dialling;
    return (
      oldest !== undefined && oldest.sinceMs + this.options.limits.connectMs <= this.options.monotonicMs()
    );
  }

  /** An operator is told when the server begins to fail, and when it answers again. */
  #tell(answer: LaneAnswer): void {
    const { name, log } = this.options;
    const fault = answer.kind === "fault" ? answer.fault : undefined;
    if (fault === undefined && this.#isFailing) log.info(`the ${name} answers again`);
    else if (isServersFault(fault) && !this.#isFailing) log.warn(`the ${name} fails`, { fault });
    if (fault === undefined || isServersFault(fault)) this.#isFailing = fault !== undefined;
  }
}

function isServersFault(fault: LaneFault | undefined): boolean {
  return fault === "unreachable" || fault === "silent" || fault === "broken";
}
