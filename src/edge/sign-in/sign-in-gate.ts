/**
 * Before the studio's lane, in each worker: whoever is not known as staff has some of its places, a few of the newsroom's turns, and a fair queue
 * for them. Staff never come here. What is asked of those who wait is as at the protected site (gates/), by this gate's own pressure.
 */
import type { Standing } from "../../decision/gates/standing.ts";
import { type Bucket, fullBucket, takeToken } from "../../decision/bucket.ts";
import { Hall } from "../gate/hall.ts";
import { Visitor } from "../gate/visitor.ts";
import { Pressure } from "../gates/pressure.ts";
import type { WorkGate } from "../gates/work-gate.ts";
import type { Lane } from "../lane/lane.ts";
import type { LaneAnswer, LaneRequest } from "../lane/passage.ts";

export interface SignInGateOptions {
  readonly lane: Lane;
  /** What is asked of those who wait. */
  readonly gates: WorkGate;
  /** That share what the newsroom does for people who aren't staff. */
  readonly workers: number;
  readonly monotonicMs: () => number;
}

/** Of the lane's places; the others are for staff alone. */
const share = 3 / 4;
/** The newsroom does one thing at a time: more at a time would only make staff wait for them. */
const askingMax = 4;
/**
 * Turns of the newsroom a second, for all workers together: some five people who sign in each second, far more than any newsroom has, and less
 * than its own limit on attempts (src/people/attempts.ts). At once: a few visits, each a page with its parts.
 */
const turns = { rate: 40, burst: 60 } as const;
const queueOfPlace = 4;
const queueMs = 10_000;
/** So long may a body or an answer go on where others wait for its place. */
const lastingMs = 5_000;
const beatMs = 50;

const busy: LaneAnswer = { kind: "fault", fault: "busy" };
const gone: LaneAnswer = { kind: "fault", fault: "gone" };

/** What happened since the last time. */
export interface SignInReport {
  readonly isAsking: boolean;
  readonly effort: number;
  readonly waiting: number;
  readonly tickets: number;
  readonly passes: number;
}

export class SignInGate {
  readonly pressure: Pressure;
  readonly gates: WorkGate;
  readonly #lane: Lane;
  readonly #hall: Hall;
  readonly #monotonicMs: () => number;
  readonly #turns: { readonly rate: number; readonly burst: number };
  readonly #bucket: Bucket;
  /** A turn that was taken out of the bucket, and that nobody had yet. */
  #hasTurn = false;
  /** In this second, for want of a place to wait in: they will come back. */
  #turnedAway = 0;
  #beat: Timer | undefined;

  constructor({ lane, gates, workers, monotonicMs }: SignInGateOptions) {
    this.#lane = lane;
    this.gates = gates;
    this.#monotonicMs = monotonicMs;
    this.pressure = new Pressure(monotonicMs());
    this.#turns = { ...turns, rate: turns.rate / workers };
    this.#bucket = fullBucket(this.#turns, monotonicMs());
    const { connectionsMax } = lane.options;
    this.#hall = new Hall({
      places: () => (this.#takeTurn() ? askingMax : 0),
      connections: Math.max(1, Math.floor(connectionsMax * share)),
      knownShare: 0,
      queueMax: connectionsMax * queueOfPlace,
      effort: () => gates.effort,
    });
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#hall.queue.length;
  }

  /** The lane's answer; "busy" where there is no place to wait in, or the turn doesn't come in time. Never rejects. */
  pass(request: LaneRequest): Promise<LaneAnswer> {
    const visitor = new Visitor(request, {
      left: (one) => this.#hall.queue.remove(one) && one.turnAway(gone),
      sent: (one) => this.#hall.ask(one, this.#nowMs),
      ended: (one) => this.#leave(one),
    });
    if (this.waiting === 0 && this.#hall.hasPlace(visitor.standing)) void this.#letIn(visitor);
    else this.#queue(visitor);
    return visitor.answer;
  }

  /** Somebody of this prefix was given a ticket. */
  askedForTicket(prefix: number): void {
    this.#hall.queue.asked(prefix, this.#nowMs);
  }

  /** When somebody should come back, ms. */
  aboutMs(standing: Standing): number {
    return this.#hall.queue.aboutMs(standing, this.#nowMs);
  }

  /** To be called about once a second. */
  tend(): void {
    this.#turnAwayOverdue();
    this.#lookAtPressure();
    this.#turnedAway = 0;
    this.gates.tend();
  }

  report(): SignInReport {
    const { effort } = this.gates;
    return { isAsking: this.pressure.isOn, effort, waiting: this.waiting, ...this.gates.take() };
  }

  get #nowMs(): number {
    return this.#monotonicMs();
  }

  #takeTurn(): boolean {
    this.#hasTurn ||= takeToken(this.#bucket, this.#turns, this.#nowMs);
    return this.#hasTurn;
  }

  #queue(visitor: Visitor): void {
    const refused = this.#hall.queue.push(visitor, visitor.standing, this.#nowMs);
    if (refused !== undefined) this.#turnAway(refused);
    if (refused === visitor) return;
    visitor.queuedMs = this.#nowMs;
    visitor.waits();
    if (this.#beat === undefined) this.#beat = setTimeout(() => this.#look(), beatMs);
  }

  #look(): void {
    this.#beat = undefined;
    this.#turnAwayOverdue();
    this.#lookAtPressure();
    this.#hall.givesWay(lastingMs, this.#nowMs)?.giveWay();
    this.#dispatch();
    if (this.waiting > 0) this.#beat = setTimeout(() => this.#look(), beatMs);
  }

  /** Where the queue is short and everybody finds it full, those who were turned away are the ones who wait. */
  #lookAtPressure(): void {
    this.pressure.look(this.waiting + this.#turnedAway, this.#nowMs);
  }

  #turnAwayOverdue(): void {
    for (const visitor of this.#hall.queue.takeSince(this.#nowMs - queueMs)) this.#turnAway(visitor);
  }

  #turnAway(visitor: Visitor): void {
    this.#turnedAway += 1;
    this.gates.note({ effort: visitor.standing.effort, waitedMs: undefined });
    visitor.turnAway(busy);
  }

  #dispatch(): void {
    let next = this.#hall.next(this.#nowMs);
    for (; next !== undefined; next = this.#hall.next(this.#nowMs)) void this.#letIn(next);
  }

  async #letIn(visitor: Visitor): Promise<void> {
    if (!visitor.redeem()) return visitor.turnAway(busy);
    const startedMs = this.#nowMs;
    this.#hasTurn = false;
    this.#noteTurn(visitor, startedMs);
    this.#hall.enter(visitor);
    if (visitor.request.body === null) this.#hall.ask(visitor, startedMs);
    else this.#hall.sends(visitor, startedMs);
    const answer = await this.#lane.pass(visitor.request);
    this.#hall.answered(visitor, this.#nowMs);
    if (answer.kind === "fault" && answer.fault === "busy") this.#hall.leave(visitor);
    visitor.settle(answer);
    this.#dispatch();
  }

  #noteTurn({ standing: { effort }, queuedMs }: Visitor, nowMs: number): void {
    this.pressure.served();
    this.gates.note({ effort, waitedMs: nowMs - (queuedMs ?? nowMs) });
  }

  #leave(visitor: Visitor): void {
    this.#hall.leave(visitor);
    this.#dispatch();
  }
}
