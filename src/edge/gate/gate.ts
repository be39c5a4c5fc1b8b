/**
 * Before the origin: lets through as many at a time as it carries, makes the others wait for their turn, and nobody ask an origin that is
 * away. Each worker has a gate of its own, which learns its own share of what the origin carries, as TCP connections share a line; what one
 * finds out about the origin's health is told to the others by the main thread (health.ts).
 */
import type { Clock } from "../../base/clock.ts";
import type { Served } from "../../decision/gates/effort.ts";
import type { Standing } from "../../decision/gates/standing.ts";
import { Pressure } from "../gates/pressure.ts";
import type { Lane } from "../lane/lane.ts";
import type { LaneAnswer, LaneRequest } from "../lane/passage.ts";
import { Breaker } from "./breaker.ts";
import { Capacity } from "./capacity.ts";
import { Hall } from "./hall.ts";
import type { GateReport, HealthHint, TollReport } from "./health.ts";
import { Probe, type ProbeSite } from "./probe.ts";
import { Visitor } from "./visitor.ts";

export interface GateOptions {
  readonly lane: Lane;
  /** Requests that wait at a time. */
  readonly queueMax: number;
  /** For which one waits at most. */
  readonly queueMs: number;
  /** How the site calls itself to probes. */
  readonly site: ProbeSite;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  /** What is asked of those who wait; undefined: nothing. */
  readonly toll?: Toll | undefined;
}

export interface Toll {
  readonly effort: number;
  note(served: Served): void;
  /** What was given out since the last time. */
  take(): Pick<TollReport, "tickets" | "passes">;
}

/** Small sites carry few at a time (php-fpm as Debian ships it: five); it rises within seconds. */
const firstPlaces = 8;
const leastPlaces = 2;
/** Of a reader's places, what is kept for those in good standing; of the lane's, for those who work on the site. */
const share = { known: 0.25, staff: 0.125 } as const;
const staffPlacesMin = 2;
/** Let in at a time while it is tried whether the origin is back. */
const trialPlaces = 2;
/** While somebody asks, no answer at all for so long: it may hang. */
const stillMs = 5_000;
/**
 * An answer that lasts so long may end where others wait for its connection: streams of events, downloads, slow readers. Browsers open a stream
 * again by themselves, and ask for the rest of a download.
 */
const lastingMs = 10_000;
/** Between looks at who has waited for too long. */
const beatMs = 50;
/** More say no more about a median. */
const tookMax = 32;

const busy: LaneAnswer = { kind: "fault", fault: "busy" };
const silent: LaneAnswer = { kind: "fault", fault: "silent" };
const gone: LaneAnswer = { kind: "fault", fault: "gone" };

export class OriginGate {
  readonly #options: GateOptions;
  /** Whether more is asked of the origin than it does; and more, in the name of those who work on the site, than is kept for them. */
  readonly pressure: Pressure;
  readonly staffPressure: Pressure;
  readonly #breaker = new Breaker();
  readonly #capacity: Capacity;
  readonly #readers: Hall;
  readonly #staff: Hall;
  #answeredMs: number;
  /** By the clock: readers are told one and the same time. */
  #awaySinceMs: number | undefined;
  #beat: Timer | undefined;
  #probe: Probe | undefined;
  #ended = 0;
  #failed = 0;
  #tookMs: number[] = [];

  constructor(options: GateOptions) {
    this.#options = options;
    const { lane, queueMax, monotonicMs } = options;
    const { connectionsMax } = lane.options;
    const staffPlaces = Math.min(
      Math.ceil(connectionsMax / 2),
      Math.max(staffPlacesMin, Math.ceil(connectionsMax * share.staff)),
    );
    const connections = Math.max(1, connectionsMax - staffPlaces);
    const bounds = { least: Math.min(leastPlaces, connections), first: firstPlaces, most: connections };
    this.#capacity = new Capacity(bounds, monotonicMs());
    this.#answeredMs = monotonicMs();
    this.pressure = new Pressure(monotonicMs());
    this.staffPressure = new Pressure(monotonicMs());
    const effort = (): number => options.toll?.effort ?? 0;
    this.#readers = new Hall({
      places: () => this.#places,
      connections,
      knownShare: share.known,
      queueMax,
      effort,
    });
    this.#staff = new Hall({
      places: () => staffPlaces,
      connections: staffPlaces,
      knownShare: share.known,
      queueMax: Math.ceil(queueMax * share.staff),
      effort: () => 0,
    });
  }

  /** Readers don't come through: nobody asks it anything but probes. */
  get isAway(): boolean {
    return this.#breaker.state === "open";
  }

  /** Since when it does not answer, ms since 1970; undefined: it does. */
  get awaySinceMs(): number | undefined {
    const awayMs = this.#awayMs;
    if (awayMs === undefined) this.#awaySinceMs = undefined;
    else this.#awaySinceMs ??= this.#options.clock.nowMs() - awayMs;
    return this.#awaySinceMs;
  }

  /** The lane's answer; "busy" where the queue is full or the turn doesn't come in time, at once where the origin is away. Never rejects. */
  pass(request: LaneRequest, isStaff: boolean): Promise<LaneAnswer> {
    if (this.isAway && !isStaff) return Promise.resolve(busy);
    const hall = isStaff ? this.#staff : this.#readers;
    const visitor = new Visitor(request, {
      left: (one) => hall.queue.remove(one) && one.turnAway(gone),
      sent: (one) => hall.ask(one, this.#nowMs),
      ended: (one) => this.#leave(hall, one),
    });
    const { standing } = visitor;
    if (hall.queue.length === 0 && hall.hasPlace(standing)) void this.#letIn(hall, visitor);
    else this.#queue(hall, visitor);
    return visitor.answer;
  }

  /** Somebody of this prefix was given a ticket. */
  askedForTicket(prefix: number): void {
    this.#readers.queue.asked(prefix, this.#nowMs);
  }

  /** When somebody should come back, ms. */
  aboutMs(standing: Standing): number {
    return this.#readers.queue.aboutMs(standing, this.#nowMs);
  }

  /** To be called about once a second. */
  tend(): void {
    const nowMs = this.#nowMs;
    this.#lookAtPressure();
    if (this.#isStill(nowMs)) this.#breaker.suspect(nowMs);
    this.#probe?.tend(nowMs);
    this.#turnAwayOverdue();
    this.#probeWhereDue();
  }

  /** Before its first request: for how long the origin is known to be away, ms. */
  recall(awayMs: number): void {
    this.#breaker.recall(this.#nowMs - awayMs, this.#nowMs);
    this.#probeWhereDue();
  }

  /** What another worker found. */
  hear(hint: HealthHint): void {
    if (hint === "away") this.#breaker.suspect(this.#nowMs);
    else this.#breaker.hope(this.#nowMs);
    this.#probeWhereDue();
  }

  /** What happened since the last time. */
  report(): GateReport {
    const { toll } = this.#options;
    const report: GateReport = {
      breaker: this.#breaker.state,
      awayMs: this.#awayMs,
      limit: this.#places,
      waiting: this.#readers.queue.length + this.#staff.queue.length,
      ended: this.#ended,
      failed: this.#failed,
      tookMs: this.#tookMs,
      usualMs: this.#capacity.usualMs,
      toll: toll && { isAsking: this.pressure.isOn, effort: toll.effort, ...toll.take() },
    };
    this.#ended = this.#failed = 0;
    this.#tookMs = [];
    return report;
  }

  get #nowMs(): number {
    return this.#options.monotonicMs();
  }

  get #awayMs(): number | undefined {
    const sinceMs = this.#breaker.awaySinceMs;
    return sinceMs === undefined ? undefined : this.#nowMs - sinceMs;
  }

  /** For readers, now. */
  get #places(): number {
    const { limit } = this.#capacity;
    switch (this.#breaker.state) {
      case "open":
        return 0;
      case "trial":
        return Math.min(trialPlaces, limit);
      case "closed":
      case "doubt":
        return limit;
    }
  }

  #queue(hall: Hall, visitor: Visitor): void {
    const refused = hall.queue.push(visitor, visitor.standing, this.#nowMs);
    // Who shows the same ticket again takes their own place.
    const isOwn = refused !== visitor && refused?.standing.ticket === visitor.standing.ticket;
    if (isOwn && visitor.standing.ticket !== undefined) refused?.turnAway(busy);
    else if (refused !== undefined) this.#turnAway(refused);
    if (refused === visitor) return;
    visitor.queuedMs = this.#nowMs;
    visitor.waits();
    if (this.#beat === undefined) this.#beat = setTimeout(() => this.#look(), beatMs);
  }

  #look(): void {
    this.#beat = undefined;
    this.#turnAwayOverdue();
    this.#lookAtPressure();
    this.#readers.givesWay(lastingMs, this.#nowMs)?.giveWay();
    this.#dispatch();
    const waiting = this.#readers.queue.length + this.#staff.queue.length;
    if (waiting > 0) this.#beat = setTimeout(() => this.#look(), beatMs);
  }

  #lookAtPressure(): void {
    this.pressure.look(this.#readers.queue.length, this.#nowMs);
    this.staffPressure.look(this.#staff.queue.length, this.#nowMs);
  }

  #turnAwayOverdue(): void {
    const untilMs = this.#nowMs - this.#options.queueMs;
    for (const { queue } of [this.#staff, this.#readers]) {
      for (const visitor of queue.takeSince(untilMs)) this.#turnAway(visitor);
    }
  }

  #turnAway(visitor: Visitor): void {
    this.#options.toll?.note({ effort: visitor.standing.effort, waitedMs: undefined });
    visitor.turnAway(busy);
  }

  #dispatch(): void {
    for (const hall of [this.#staff, this.#readers]) {
      for (let next = hall.next(this.#nowMs); next !== undefined; next = hall.next(this.#nowMs))
        void this.#letIn(hall, next);
    }
  }

  async #letIn(hall: Hall, visitor: Visitor): Promise<void> {
    if (!visitor.redeem()) return visitor.turnAway(busy);
    const startedMs = this.#nowMs;
    if (hall === this.#readers) this.#noteTurn(visitor, startedMs);
    else this.staffPressure.served();
    hall.enter(visitor);
    // A request without a body is sent as soon as there is a connection.
    if (visitor.request.body === null) hall.ask(visitor, startedMs);
    const running = hall.asking.size;
    const answer = await this.#options.lane.pass(visitor.request);
    hall.answered(visitor, this.#nowMs);
    if (answer.kind === "fault" && answer.fault === "busy") hall.leave(visitor);
    if (visitor.isAbandoned) visitor.settle(silent);
    else {
      this.#note(answer, { hall, visitor, running, startedMs });
      visitor.settle(answer);
    }
    this.#dispatch();
  }

  #noteTurn({ standing: { effort }, queuedMs }: Visitor, nowMs: number): void {
    this.pressure.served();
    this.#options.toll?.note({ effort, waitedMs: nowMs - (queuedMs ?? nowMs) });
  }

  #note(
    answer: LaneAnswer,
    asked: {
      readonly hall: Hall;
      readonly visitor: Visitor;
      readonly running: number;
      readonly startedMs: number;
    },
  ): void {
    const went = endOf(answer);
    if (went === undefined) return;
    const nowMs = this.#nowMs;
    const tookMs = nowMs - asked.startedMs;
    this.#ended += 1;
    if (went === "wrong") this.#failed += 1;
    if (answer.kind !== "fault") {
      this.#answeredMs = nowMs;
      if (this.#tookMs.length < tookMax) this.#tookMs.push(tookMs);
    }
    const isOverload = went === "wrong" && (answer.kind === "fault" || answer.head.status !== 500);
    if (isOverload) this.#capacity.overloaded(nowMs);
    else if (asked.hall === this.#readers && asked.visitor.request.body === null)
      this.#capacity.answered(tookMs, asked.running, nowMs);
    // Who works on the site asks for what nobody else does, and waits for it longer.
    if (asked.hall === this.#readers) this.#decide(() => this.#breaker.ended(went, nowMs));
    this.#probeWhereDue();
  }

  #leave(hall: Hall, visitor: Visitor): void {
    hall.leave(visitor);
    this.#dispatch();
  }

  #probeWhereDue(): void {
    if (this.#breaker.takeProbe(this.#nowMs)) void this.#sendProbe();
  }

  async #sendProbe(): Promise<void> {
    const { lane, site } = this.#options;
    this.#probe = new Probe(this.#nowMs);
    const went = await this.#probe.send(site, (request) => lane.pass(request));
    this.#probe = undefined;
    if (went === "well") this.#answeredMs = this.#nowMs;
    this.#decide(() => this.#breaker.probed(went, this.#nowMs));
  }

  /** Where that opens the breaker, nobody waits for the origin any longer; where it closes it, who waits comes in. */
  #decide(step: () => void): void {
    const wasAway = this.isAway;
    step();
    if (this.isAway && !wasAway) this.#sendAway();
    else this.#dispatch();
  }

  #sendAway(): void {
    for (const visitor of this.#readers.queue.takeSince(Number.POSITIVE_INFINITY)) visitor.turnAway(busy);
    for (const visitor of this.#readers.asking.keys()) visitor.abandon();
  }

  /** Somebody has asked for so long, and nothing came for anybody. */
  #isStill(nowMs: number): boolean {
    const [oldestMs] = this.#readers.asking.values();
    return oldestMs !== undefined && nowMs - Math.max(oldestMs, this.#answeredMs) >= stillMs;
  }
}

/** Undefined: it says nothing about the origin. */
function endOf(answer: LaneAnswer): "well" | "wrong" | undefined {
  if (answer.kind !== "fault") return answer.head.status >= 500 ? "wrong" : "well";
  return ["unreachable", "silent", "broken"].includes(answer.fault) ? "wrong" : undefined;
}
