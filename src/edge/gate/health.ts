/** How the origin does: what each worker's gate says, made into one word for operators, and a hint for the workers that know it not yet. Pure. */
import type { OriginState } from "../../bus/origin-facts.ts";
import { sumOf } from "../../base/sum.ts";
import type { BreakerState } from "./breaker.ts";

/** From one worker's gate, since its last report. */
export interface GateReport {
  readonly breaker: BreakerState;
  /** For how long it has been away by this worker's knowledge, ms. */
  readonly awayMs: number | undefined;
  /** Requests at a time that it lets through. */
  readonly limit: number;
  readonly waiting: number;
  /** Requests that ended, and of those the origin's failures. */
  readonly ended: number;
  readonly failed: number;
  /** Ms until answers began, of some. */
  readonly tookMs: readonly number[];
  /** Ms that an answer takes with little to do. */
  readonly usualMs: number | undefined;
  /** Undefined: nothing is ever asked for work. */
  readonly toll?: TollReport | undefined;
}

export interface TollReport {
  readonly isAsking: boolean;
  readonly effort: number;
  /** Given out since the last report. */
  readonly tickets: number;
  readonly passes: number;
}

export type HealthFacts = OriginState["health"];
/** What a worker is told about what the others found. */
export type HealthHint = "away" | "answers";

interface Heard {
  report: GateReport;
  breaker: BreakerState;
}

/** What it did longer ago says nothing about now. */
const windowMs = 10_000;
/** Fewer requests say nothing. */
const endedMin = 5;
const failedShareMin = 0.2;
/** Times as long as usual, and at least so long. */
const slow = { factor: 3, msMin: 1_000 } as const;
/** It is said to be better only once it has been for so long. */
const betterAfterMs = 5_000;
/** Of the last answers. */
const tookMax = 256;
const order = ["well", "slow", "failing", "away"] as const;

export class OriginHealth {
  readonly #slots = new Map<number, Heard>();
  #ends: { readonly atMs: number; readonly ended: number; readonly failed: number }[] = [];
  #took: { readonly atMs: number; readonly ms: number }[] = [];
  #state: HealthFacts["state"] = "well";
  #worseMs = Number.NEGATIVE_INFINITY;
  #awaySinceMs: number | undefined;
  #tickets = 0;
  #passes = 0;

  /** `awaySinceMs`: what is known of before. */
  constructor(awaySinceMs?: number) {
    this.#awaySinceMs = awaySinceMs;
    if (awaySinceMs !== undefined) this.#state = "away";
  }

  /** Since when it can't be reached, by the clock of `nowMs`; undefined: it can. */
  get awaySinceMs(): number | undefined {
    return this.#awaySinceMs;
  }

  /** `nowMs`: since 1970. What the workers are to be told, if anything. */
  hear(slot: number, report: GateReport, nowMs: number): HealthHint | undefined {
    const before = this.#slots.get(slot)?.breaker ?? "closed";
    this.#slots.set(slot, { report, breaker: report.breaker });
    if (report.ended > 0) this.#ends.push({ atMs: nowMs, ended: report.ended, failed: report.failed });
    this.#tickets += report.toll?.tickets ?? 0;
    this.#passes += report.toll?.passes ?? 0;
    this.#took.push(...report.tookMs.map((ms) => ({ atMs: nowMs, ms })));
    this.#forget(nowMs);
    this.#judge(nowMs);
    if (before !== "open" && report.breaker === "open") return "away";
    return before === "open" && report.breaker !== "open" ? "answers" : undefined;
  }

  /** A worker that is lost says nothing any more. */
  lost(slot: number): void {
    this.#slots.delete(slot);
  }

  get facts(): HealthFacts {
    const took = this.#tookMs;
    return {
      state: this.#state,
      took_ms: took === undefined ? null : Math.round(took * 10) / 10,
      capacity: sumOf([...this.#slots.values()], ({ report }) => report.limit),
      waiting: sumOf([...this.#slots.values()], ({ report }) => report.waiting),
      ...this.#gates,
    };
  }

  get #gates(): Pick<HealthFacts, "gates"> {
    const tolls = [...this.#slots.values()].flatMap(({ report: { toll } }) =>
      toll === undefined ? [] : [toll],
    );
    if (tolls.length === 0) return {};
    const asking = tolls.filter(({ isAsking }) => isAsking).length;
    const effort = Math.max(...tolls.map((toll) => toll.effort));
    return { gates: { asking, effort, tickets: this.#tickets, passes: this.#passes } };
  }

  #forget(nowMs: number): void {
    const from = nowMs - windowMs;
    while ((this.#ends[0]?.atMs ?? Infinity) <= from) this.#ends.shift();
    while ((this.#took[0]?.atMs ?? Infinity) <= from) this.#took.shift();
    if (this.#took.length > tookMax) this.#took = this.#took.slice(-tookMax);
  }

  #judge(nowMs: number): void {
    const now = this.#seen();
    const isWorse = order.indexOf(now) > order.indexOf(this.#state);
    if (isWorse || now === this.#state) this.#worseMs = nowMs;
    // Coming back has had its trial already.
    const mayChange = isWorse || this.#state === "away" || nowMs - this.#worseMs >= betterAfterMs;
    if (mayChange) this.#state = now;
    this.#awaySinceMs = this.#state === "away" ? this.#sinceMs(nowMs) : undefined;
  }

  #sinceMs(nowMs: number): number {
    const longest = Math.max(0, ...[...this.#slots.values()].map(({ report }) => report.awayMs ?? 0));
    return Math.min(this.#awaySinceMs ?? nowMs, nowMs - longest);
  }

  #seen(): HealthFacts["state"] {
    const slots = [...this.#slots.values()];
    const closed = slots.filter(({ breaker }) => breaker === "open" || breaker === "trial").length;
    if (closed > 0 && closed * 2 >= slots.length) return "away";
    const ended = sumOf(this.#ends, (one) => one.ended);
    const failed = sumOf(this.#ends, (one) => one.failed);
    if (ended >= endedMin && failed >= ended * failedShareMin) return "failing";
    return this.#isSlow(slots) ? "slow" : "well";
  }

  #isSlow(slots: readonly Heard[]): boolean {
    const took = this.#tookMs;
    const usual = Math.min(...slots.map(({ report }) => report.usualMs ?? Infinity));
    const takesLong = took !== undefined && took >= slow.msMin && took >= usual * slow.factor;
    return takesLong || slots.some(({ report }) => report.waiting > 0);
  }

  get #tookMs(): number | undefined {
    const sorted = this.#took.map(({ ms }) => ms).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }
}
