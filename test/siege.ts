/**
 * A scarce thing under siege, in simulated time: an endpoint good for 50 requests a second, honest people who want something of it now and
 * then, and a botnet. What stands between them is handed in, so that a test can take it away.
 */
import { type Random, below, seededRandom } from "../src/base/random.ts";
import { Effort } from "../src/decision/gates/effort.ts";
import type { LaneName, Standing } from "../src/decision/gates/standing.ts";
import { Turns } from "../src/decision/gates/turns.ts";

/** What decides who comes next. */
export interface Door {
  asked(prefix: number, nowMs: number): void;
  push(one: Visit, standing: Standing, nowMs: number): Visit | undefined;
  take(which: "all", nowMs: number): Visit | undefined;
  takeSince(untilMs: number): Visit[];
  aboutMs(standing: Standing, nowMs: number): number;
}

/** One wish for one piece of work. */
export interface Visit {
  readonly isHonest: boolean;
  readonly prefix: number;
  readonly hasScripts: boolean;
  readonly sinceMs: number;
  standing: Standing;
  /** When it got the ticket or the pass that it shows. */
  heldSinceMs: number;
  cameMs: number;
  /** Once it has had what it came for. */
  readonly served: () => void;
  /** Doesn't do as it is told, but comes again after so long. */
  readonly backMs?: number;
}

export interface Told {
  /** How long honest people waited who got through, ms, sorted. */
  readonly waitsMs: readonly number[];
  readonly came: number;
  /** How long who still waits in the end has waited at most. */
  readonly leftMs: number;
  readonly botTurns: number;
  readonly effortMost: number;
}

export interface SiegeOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Kasbah's own turns where there is none. */
  readonly door?: ((effort: () => number) => Door) | undefined;
  readonly mostEffort?: number;
  /** Of the honest, those without scripts. */
  readonly plainShare?: number;
  /** All honest people are behind one address, whose tickets wait in this lane. */
  readonly carrier?: LaneName;
}

export const servedPerSecond = 50;
const honestPerSecond = 5;
/** Units of effort that a cheap phone solves in a millisecond. */
const phoneSpeed = 1;
const bounds = { first: 250, most: 2_000 };
const queue = { most: 256, ms: 5_000 };
const tickMs = 1_000 / servedPerSecond;
const firstHonestPrefix = 1_000_000;

export class Siege {
  readonly random: Random;
  readonly effort: Effort;
  readonly door: Door;
  readonly #seconds: number;
  readonly #plainShare: number;
  readonly #carrier: LaneName | undefined;
  readonly #due = new Map<number, (() => void)[]>();
  readonly #waitsMs: number[] = [];
  #nowMs = 0;
  #serial = 0n;
  #came = 0;
  /** The honest who still wait. */
  readonly #left = new Set<Visit>();
  #botTurns = 0;
  #effortMost = 0;

  constructor({ seconds, seed, door, mostEffort = bounds.most, plainShare = 1 / 3, carrier }: SiegeOptions) {
    this.#seconds = seconds;
    this.#plainShare = plainShare;
    this.#carrier = carrier;
    this.effort = new Effort({ ...bounds, most: mostEffort }, 0);
    this.random = seededRandom(seed);
    const effort = () => this.effort.effort;
    this.door = door?.(effort) ?? new Turns<Visit>({ most: queue.most, effort });
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, step: () => void): void {
    const tick = Math.ceil((this.#nowMs + Math.max(ms, 1)) / tickMs);
    const due = this.#due.get(tick);
    if (due === undefined) this.#due.set(tick, [step]);
    else due.push(step);
  }

  nextId(): bigint {
    this.#serial += 1n;
    return this.#serial;
  }

  /** Asks without anything in hand, as everybody at first. */
  visit(who: Pick<Visit, "isHonest" | "prefix" | "hasScripts"> & Partial<Visit>): void {
    const sinceMs = this.#nowMs;
    this.door.asked(who.prefix, sinceMs);
    const standing: Standing = {
      lane: (who.isHonest ? this.#carrier : undefined) ?? "ticket",
      prefix: who.prefix,
      waitedMs: 0,
      effort: 0,
      ticket: this.nextId(),
    };
    const visit = { served: () => undefined, ...who, sinceMs, heldSinceMs: sinceMs, standing, cameMs: 0 };
    if (visit.isHonest) this.#left.add(visit);
    this.#comeBack(visit);
  }

  /** With what it has. */
  come(visit: Visit): void {
    visit.cameMs = this.#nowMs;
    visit.standing = this.#aged(visit);
    const leaves = this.door.push(visit, visit.standing, this.#nowMs);
    const isReplaced = leaves !== visit && leaves?.standing.ticket === visit.standing.ticket;
    if (leaves === undefined || (isReplaced && visit.standing.ticket !== undefined)) return;
    this.#turnAway(leaves);
  }

  run(): Told {
    this.#honest();
    for (let tick = 1; tick <= this.#seconds * servedPerSecond; tick += 1) {
      this.#nowMs = tick * tickMs;
      for (const step of shuffled(this.#due.get(tick) ?? [], this.random)) step();
      this.#due.delete(tick);
      for (const visit of this.door.takeSince(this.#nowMs - queue.ms)) this.#turnAway(visit);
      this.#serve();
      this.effort.tend(this.#nowMs);
      this.#effortMost = Math.max(this.#effortMost, this.effort.effort);
    }
    return {
      waitsMs: this.#waitsMs.sort((a, b) => a - b),
      came: this.#came,
      leftMs: Math.max(0, ...[...this.#left].map(({ sinceMs }) => this.#nowMs - sinceMs)),
      botTurns: this.#botTurns,
      effortMost: this.#effortMost,
    };
  }

  /** Each from somewhere else. Nobody comes so late that the end comes first. */
  #honest(): void {
    const lastMs = (this.#seconds - 65) * 1_000;
    for (let atMs = 0; atMs < lastMs; atMs += -Math.log(1 - this.random.next()) * (1_000 / honestPerSecond)) {
      this.#came += 1;
      const prefix = firstHonestPrefix + (this.#carrier === undefined ? this.#came : 0);
      const hasScripts = this.random.next() >= this.#plainShare;
      this.after(atMs, () => this.visit({ isHonest: true, prefix, hasScripts }));
    }
  }

  /** Solves what is asked for, where it can; waits where it can't. */
  #comeBack(visit: Visit): void {
    const { effort } = this.effort;
    const isSolver = visit.hasScripts && effort > visit.standing.effort;
    if (!isSolver) {
      const toldMs = this.door.aboutMs(this.#aged(visit), this.#nowMs);
      this.after(visit.backMs ?? toldMs, () => this.come(visit));
      return;
    }
    // How many tries it takes is luck.
    const solveMs = (effort / phoneSpeed) * -Math.log(1 - this.random.next());
    this.after(solveMs, () => {
      const { prefix } = visit;
      visit.standing = { lane: "pass", prefix, waitedMs: 0, effort, pass: this.nextId() };
      visit.heldSinceMs = this.#nowMs;
      this.come(visit);
    });
  }

  #aged({ standing, heldSinceMs }: Visit): Standing {
    return { ...standing, waitedMs: this.#nowMs - heldSinceMs };
  }

  #turnAway(visit: Visit): void {
    this.effort.note({ effort: visit.standing.effort, waitedMs: undefined });
    this.#comeBack(visit);
  }

  #serve(): void {
    const visit = this.door.take("all", this.#nowMs);
    if (visit === undefined) return;
    this.effort.note({ effort: visit.standing.effort, waitedMs: this.#nowMs - visit.cameMs });
    if (this.#left.delete(visit)) this.#waitsMs.push(this.#nowMs - visit.sinceMs);
    else this.#botTurns += 1;
    visit.served();
  }
}

/** Nobody is always the first of a moment. */
function shuffled<T>(items: T[], random: Random): T[] {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = below(random, at + 1);
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
  return items;
}

/** First come, first served, whoever it is. */
export function firstComeDoor(): Door {
  const waiting: Visit[] = [];
  return {
    asked: () => undefined,
    push: (visit) => {
      if (waiting.length >= queue.most) return visit;
      waiting.push(visit);
      return undefined;
    },
    take: () => waiting.shift(),
    takeSince: (untilMs) => {
      const first = waiting.findIndex(({ cameMs }) => cameMs > untilMs);
      return waiting.splice(0, first < 0 ? waiting.length : first);
    },
    aboutMs: () => 3_000,
  };
}

/** Kasbah's own turns, to which everybody comes from one and the same prefix. */
export function onePrefixDoor(effort: () => number): Door {
  const turns = new Turns<Visit>({ most: queue.most, effort });
  const moved = (standing: Standing): Standing => ({ ...standing, prefix: 0 });
  return {
    asked: (_, nowMs) => turns.asked(0, nowMs),
    push: (visit, standing, nowMs) => turns.push(visit, moved(standing), nowMs),
    take: (which, nowMs) => turns.take(which, nowMs),
    takeSince: (untilMs) => turns.takeSince(untilMs),
    aboutMs: (standing, nowMs) => turns.aboutMs(moved(standing), nowMs),
  };
}

/** Of the honest, those who got through within a minute. */
export function share({ waitsMs, came }: Told): number {
  return waitsMs.filter((ms) => ms <= 60_000).length / came;
}

export function medianMs({ waitsMs }: Told): number {
  return waitsMs[Math.floor(waitsMs.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Also of those who still wait. */
export function longestMs({ waitsMs, leftMs }: Told): number {
  return Math.max(leftMs, waitsMs.at(-1) ?? 0);
}
