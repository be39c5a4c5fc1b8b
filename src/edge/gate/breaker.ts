/**
 * Whether the origin is asked at all (a circuit breaker, Nygard, Release It!, 2007). Requests that fail only raise a doubt: whoever asks for
 * what always fails must not be able to shut the origin for everybody. A probe of its own, of the site's front, decides. Pure; the time
 * is handed in, of a monotonic clock.
 *
 * `closed`: asked. `doubt`: still asked; a probe is on its way. `open`: not asked; a probe now and then. `trial`: a few are let in. It closes
 * again only when that has gone well for a while, and when it opens again soon after, it waits longer: nothing flaps.
 */

export type BreakerState = "closed" | "doubt" | "open" | "trial";

/** Failures among what ended lately, from which on there is a doubt. */
const doubt = { windowMs: 10_000, failuresMin: 5, share: 0.5 } as const;
/** Between probes while it is open. */
const wait = { firstMs: 1_000, mostMs: 15_000 } as const;
/** What a trial takes: so many that went well, for so long. */
const trial = { successes: 3, ms: 3_000, probeMs: 1_000 } as const;
/** Opening again within this time after closing goes on with the longer waits. */
const steadyMs = 60_000;
/** A window of outcomes in so many parts. */
const parts = 10;

export class Breaker {
  #state: BreakerState = "closed";
  /** Since when it does not answer; set while it is open or on trial. */
  #awaySinceMs: number | undefined;
  #firstFailureMs: number | undefined;
  readonly #window = new OutcomeWindow();
  #isProbing = false;
  #probeAtMs = Number.POSITIVE_INFINITY;
  #probedMs = Number.NEGATIVE_INFINITY;
  #attempts = 0;
  #trialSinceMs = 0;
  #successes = 0;
  #closedMs = Number.NEGATIVE_INFINITY;

  get state(): BreakerState {
    return this.#state;
  }

  get awaySinceMs(): number | undefined {
    return this.#awaySinceMs;
  }

  /** It was away when it was last asked, by somebody before this one: so it is until a probe, which is due at once, says otherwise. */
  recall(awaySinceMs: number, nowMs: number): void {
    this.#state = "open";
    this.#awaySinceMs = awaySinceMs;
    this.#probeAtMs = nowMs;
  }

  /** One request's end, as the origin's. */
  ended(went: "well" | "wrong", nowMs: number): void {
    if (this.#state === "open") return;
    this.#window.count(went, nowMs);
    if (went === "well") this.#firstFailureMs = undefined;
    else this.#firstFailureMs ??= nowMs;
    if (this.#state === "trial") return went === "well" ? this.#tryOn(nowMs) : this.#open(nowMs);
    const { all, wrong } = this.#window.sums(nowMs);
    if (wrong >= doubt.failuresMin && wrong >= all * doubt.share) this.suspect(nowMs);
  }

  /** Something says that it may be away: it has been silent for too long, or another worker finds so. */
  suspect(nowMs: number): void {
    if (this.#state !== "closed") return;
    this.#state = "doubt";
    this.#firstFailureMs ??= nowMs;
    // However many failures somebody asks for, they are worth one probe a second.
    this.#probeAtMs = Math.max(nowMs, this.#probedMs + wait.firstMs);
  }

  /** Another worker has had an answer: no need to wait. */
  hope(nowMs: number): void {
    if (this.#state === "open") this.#probeAtMs = Math.min(this.#probeAtMs, nowMs);
  }

  /** True where one is due; then `probed` has to follow. */
  takeProbe(nowMs: number): boolean {
    if (this.#state === "closed" || this.#isProbing || nowMs < this.#probeAtMs) return false;
    this.#isProbing = true;
    this.#probedMs = nowMs;
    return true;
  }

  /** `unknown`: it could not be sent. */
  probed(went: "well" | "wrong" | "unknown", nowMs: number): void {
    this.#isProbing = false;
    if (went === "unknown") this.#probeAtMs = nowMs + wait.firstMs;
    else if (went === "wrong") this.#open(nowMs);
    else if (this.#state === "doubt") this.#close();
    else if (this.#state === "trial") this.#tryOn(nowMs);
    else if (this.#state === "open") this.#try(nowMs);
  }

  #open(nowMs: number): void {
    if (nowMs - this.#closedMs >= steadyMs && this.#awaySinceMs === undefined) this.#attempts = 0;
    this.#state = "open";
    this.#awaySinceMs ??= this.#firstFailureMs ?? nowMs;
    this.#probeAtMs = nowMs + Math.min(wait.mostMs, wait.firstMs * 2 ** this.#attempts);
    this.#attempts = Math.min(this.#attempts + 1, 8);
  }

  #try(nowMs: number): void {
    this.#state = "trial";
    this.#trialSinceMs = nowMs;
    this.#successes = 0;
    this.#tryOn(nowMs);
  }

  #tryOn(nowMs: number): void {
    this.#successes += 1;
    this.#probeAtMs = nowMs + trial.probeMs;
    if (this.#successes < trial.successes || nowMs - this.#trialSinceMs < trial.ms) return;
    this.#closedMs = nowMs;
    this.#close();
  }

  #close(): void {
    this.#state = "closed";
    this.#awaySinceMs = this.#firstFailureMs = undefined;
    this.#window.clear();
  }
}

/** How many ended, and how many of them wrong, in the last `doubt.windowMs`. */
class OutcomeWindow {
  readonly #parts = Array.from({ length: parts }, () => ({ number: -1, all: 0, wrong: 0 }));

  count(went: "well" | "wrong", nowMs: number): void {
    const number = partOf(nowMs);
    const part = this.#parts[number % parts];
    if (part === undefined) return;
    if (part.number !== number) Object.assign(part, { number, all: 0, wrong: 0 });
    part.all += 1;
    if (went === "wrong") part.wrong += 1;
  }

  sums(nowMs: number): { readonly all: number; readonly wrong: number } {
    const oldest = partOf(nowMs) - parts + 1;
    const sums = { all: 0, wrong: 0 };
    for (const { number, all, wrong } of this.#parts) {
      if (number < oldest) continue;
      sums.all += all;
      sums.wrong += wrong;
    }
    return sums;
  }

  clear(): void {
    for (const part of this.#parts) part.number = -1;
  }
}

function partOf(nowMs: number): number {
  return Math.floor(nowMs / (doubt.windowMs / parts));
}
