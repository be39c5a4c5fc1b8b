/**
 * Whose turn it is, of all who wait for something scarce. Lanes share it by their weights, and leave to the others what they don't need
 * (start-time fair queueing between lanes: Goyal, Vin, Cheng, 1996); within a lane, who had least comes first (lane-queue.ts). Pure.
 */
import { RecentHalves } from "../../base/recent-halves.ts";
import { sumOf } from "../../base/sum.ts";
import { Attained } from "./attained.ts";
import { Holders } from "./holders.ts";
import { LaneQueue, type Rank, type Waiting } from "./lane-queue.ts";
import { Pace } from "./pace.ts";
import { type LaneName, type Standing, laneNames } from "./standing.ts";

export interface TurnsOptions {
  /** Who waits at a time, in all lanes. */
  readonly most: number;
  /** What is asked for now; 0: nothing. */
  readonly effort: () => number;
}

/** Of the turns, while all lanes have somebody waiting. */
const weights: Readonly<Record<LaneName, number>> = { known: 8, pass: 4, ticket: 4, shared: 2, machines: 1 };

/** Who asks for ten tickets, asks for more than who asks for one; and so does who comes back ten times as often. But an ask is not a turn. */
const turnsOfAsk = 1 / 8;
const askersMax = 32_768;
const shownMax = 32_768;
/** Proofs are told apart in quarters of what is asked for; nobody gains by proving more. */
const proofSteps = 4;

const comeBack = { leastMs: 3_000, firstMs: 5_000, mostMs: 15_000, shareOfAge: 0.2 } as const;

interface Lane<T> {
  readonly name: LaneName;
  readonly holders: Holders;
  readonly queue: LaneQueue<T>;
  /** When its next turn is due, in turns. */
  tag: number;
}

/** `T`: each that waits is another one. All times by one clock that never goes back. */
export class Turns<T> {
  readonly #options: TurnsOptions;
  readonly #lanes: readonly Lane<T>[];
  readonly #asked = new Attained<number>(askersMax);
  readonly #places = new Map<T, Waiting<T>>();
  readonly #tickets = new Map<bigint, Waiting<T>>();
  /** Until when it is too early to show that ticket or pass again: half of the time that its holder was told, or that anybody is. */
  readonly #early = new RecentHalves<bigint, number>(shownMax);
  readonly #pace = new Pace();
  /** The tag of the lane whose turn came last. */
  #now = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
    // What readers in good standing had is not held against a newcomer from the same carrier.
    const [known, others] = [new Holders(), new Holders()];
    this.#lanes = laneNames.map((name) => {
      const holders = name === "known" ? known : others;
      return { name, holders, queue: new LaneQueue(holders), tag: 0 };
    });
  }

  get length(): number {
    return this.#places.size;
  }

  /** Somebody of this prefix was given a new ticket. */
  asked(prefix: number, nowMs: number): void {
    this.#asked.add(prefix, turnsOfAsk, nowMs);
  }

  /**
   * Who has to leave for it; it may be itself. A ticket that waits already leaves its place to the one that shows it now. Where all places
   * are taken, who would have come last leaves, of the lane that holds most for its weight; never the eldest of a lane.
   */
  push(item: T, standing: Standing, nowMs: number): T | undefined {
    const before = this.#show(standing, nowMs);
    if (before !== undefined) this.#leave(before);
    const one = { ...this.#rank(standing, nowMs), item, cameMs: nowMs };
    const victim = this.length < this.#options.most ? undefined : this.#victim(one);
    if (victim === one) return item;
    if (victim !== undefined) this.#leave(victim);
    this.#enter(one);
    return (before ?? victim)?.item;
  }

  /** `which`: "known": only one in good standing. Undefined where none waits. */
  take(which: "all" | "known", nowMs: number): T | undefined {
    const lane = this.#next(which);
    const one = lane?.queue.take(nowMs);
    if (lane === undefined || one === undefined) return undefined;
    this.#now = Math.max(this.#now, lane.tag);
    lane.tag = this.#now + 1 / weights[lane.name];
    this.#forget(one);
    this.#pace.took(nowMs);
    return one.item;
  }

  /** False where it doesn't wait any more. */
  remove(item: T): boolean {
    const one = this.#places.get(item);
    if (one !== undefined) this.#leave(one);
    return one !== undefined;
  }

  /** Takes out who came then or before. */
  takeSince(untilMs: number): T[] {
    const overdue = [...this.#places.values()].filter(({ cameMs }) => cameMs <= untilMs);
    for (const one of overdue) this.#leave(one);
    return overdue.map(({ item }) => item);
  }

  /**
   * When it should come back with what it has now, ms: once those had their turn who are here and come before it. Who has waited for long
   * asks less often; nobody at once, and nobody later than in a quarter of a minute, nor the first time
   * later than in five seconds: most of those who are here then have come since, and most of a flood comes once. Whoever shows the same ticket before half of that has asked
   * once more.
   */
  aboutMs(standing: Standing, nowMs: number): number {
    const { name, queue } = this.#laneOf(standing);
    const busy = this.#lanes.filter((lane) => lane.name === name || lane.queue.length > 0);
    const turnsOfOne = sumOf(busy, (lane) => weights[lane.name]) / weights[name];
    const ahead = queue.ahead(this.#rank(standing, nowMs));
    const aheadMs = ahead * turnsOfOne * this.#pace.turnMs(nowMs);
    const patientMs = Math.max(aheadMs, standing.waitedMs * comeBack.shareOfAge);
    const mostMs = standing.waitedMs === 0 ? comeBack.firstMs : comeBack.mostMs;
    const aboutMs = Math.min(mostMs, Math.max(comeBack.leastMs, patientMs));
    if (standing.ticket !== undefined) this.#early.set(standing.ticket, nowMs + aboutMs / 2);
    return aboutMs;
  }

  /** Who waits with that ticket already. */
  #show({ ticket, pass, prefix }: Standing, nowMs: number): Waiting<T> | undefined {
    const id = ticket ?? pass;
    if (id === undefined) return undefined;
    const untilMs = this.#early.get(id) ?? Number.NEGATIVE_INFINITY;
    if (nowMs < untilMs) this.asked(prefix, nowMs);
    this.#early.set(id, Math.max(untilMs, nowMs + comeBack.leastMs / 2));
    return ticket === undefined ? undefined : this.#tickets.get(ticket);
  }

  #rank(standing: Standing, nowMs: number): Rank {
    const had =
      this.#laneOf(standing).holders.hadBy(standing, nowMs) + this.#asked.of(standing.prefix, nowMs);
    return { standing, sinceMs: nowMs - standing.waitedMs, unproven: this.#unproven(standing), had };
  }

  #unproven({ effort }: Standing): number {
    const asked = this.#options.effort();
    return asked === 0 ? 0 : proofSteps - Math.floor(proofSteps * Math.min(1, effort / asked));
  }

  /** Itself where all others are the eldest of their lanes. */
  #victim(one: Waiting<T>): Waiting<T> {
    let victim = one;
    let most = 0;
    for (const { name, queue } of this.#lanes) {
      const isOwn = name === one.standing.lane;
      const fullness = (queue.length + (isOwn ? 1 : 0)) / weights[name];
      const last = fullness > most ? queue.last(isOwn ? one : undefined) : undefined;
      if (last === undefined) continue;
      victim = last;
      most = fullness;
    }
    return victim;
  }

  /** Lanes that nobody waited in have saved no turns. */
  #enter(one: Waiting<T>): void {
    const lane = this.#laneOf(one.standing);
    if (lane.queue.length === 0) lane.tag = Math.max(lane.tag, this.#now);
    lane.queue.add(one);
    this.#places.set(one.item, one);
    if (one.standing.ticket !== undefined) this.#tickets.set(one.standing.ticket, one);
  }

  #leave(one: Waiting<T>): void {
    this.#laneOf(one.standing).queue.leave(one);
    this.#forget(one);
  }

  #forget({ item, standing }: Waiting<T>): void {
    this.#places.delete(item);
    if (standing.ticket !== undefined) this.#tickets.delete(standing.ticket);
  }

  #next(which: "all" | "known"): Lane<T> | undefined {
    const waiting = this.#lanes.filter(
      ({ name, queue }) => queue.length > 0 && (which === "all" || name === "known"),
    );
    return waiting.reduce<Lane<T> | undefined>(
      (next, lane) => (next === undefined || lane.tag < next.tag ? lane : next),
      undefined,
    );
  }

  #laneOf({ lane }: Standing): Lane<T> {
    return this.#lanes[laneNames.indexOf(lane)] as Lane<T>;
  }
}
