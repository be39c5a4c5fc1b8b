/**
 * An edge's mode, stepped about ten times a second: up at once on two of volume, composition and health, down only after a quiet longer
 * than any pulse's pause. Time is handed in; what the three say is reckoned elsewhere (volume.ts, health.ts; composition: a harmless rule exists).
 */

export type Mode = "calm" | "guarded" | "siege";

export const signals = ["volume", "composition", "health"] as const;
export type Signal = (typeof signals)[number];

/** What each of the three says at this moment: true speaks for more than calm. */
export type Signals = Readonly<Record<Signal, boolean>>;

/** Why the mode is what it is; `inWords` says it. */
export type ModeReason =
  /** At most one of the three speaks. */
  | { readonly because: "calm"; readonly of: readonly Signal[] }
  /** These speak now. */
  | { readonly because: "signals"; readonly of: readonly Signal[] }
  /** Health has been bad for so long although the edge is on its guard. */
  | { readonly because: "overload"; readonly forMs: number }
  /** These spoke last, so long ago; the mode goes down after so much more quiet. */
  | {
      readonly because: "quiet";
      readonly of: readonly Signal[];
      readonly forMs: number;
      readonly leftMs: number;
    }
  /** An operator said so, until then. */
  | { readonly because: "forced"; readonly untilMs: number };

export interface ModeStep {
  readonly mode: Mode;
  readonly reason: ModeReason;
  /** Since the step before. */
  readonly changed: boolean;
}

export interface Forced {
  readonly mode: Mode;
  /** `Infinity`: until the settings change. */
  readonly untilMs: number;
}

/** Down a mode after so much quiet: longer than the longest pause of pulses that are worth anybody's while (two minutes). */
export const quietMs = 150_000;
/** From siege to calm an edge is on its guard for so long at least. */
const guardedMinMs = 30_000;
/** Health that stays bad for so long while on guard makes a siege; in one, half of it is reason to stay, or pulses of about that length would make it come and go. */
const overloadMs = { begins: 3_000, stays: 1_500 } as const;

/** When something spoke last, and which of the three it was. */
interface Spoken {
  readonly atMs: number;
  readonly of: readonly Signal[];
}

const never: Spoken = { atMs: Number.NEGATIVE_INFINITY, of: [] };

export class ModeMachine {
  #own: Mode = "calm";
  #told: Mode = "calm";
  /** What spoke last for at least this mode. */
  #guard = never;
  #siege = never;
  /** When the own mode became guarded the last time. */
  #guardedSinceMs = Number.NEGATIVE_INFINITY;
  /** Since when health has been bad without a break, while on guard. */
  #badSinceMs: number | undefined;
  #forced: Forced | undefined;
  readonly #quietMs: number;

  constructor(quietForMs = quietMs) {
    this.#quietMs = quietForMs;
  }

  get mode(): Mode {
    return this.#told;
  }

  /** As an operator asked for it; undefined once its time is over. */
  get forced(): Forced | undefined {
    return this.#forced;
  }

  /** From the next step on; undefined ends it. Underneath the machine goes on by itself. */
  force(forced: Forced | undefined): void {
    this.#forced = forced;
  }

  /** `nowMs` never goes backwards by more than a clock is corrected; it may stand still. */
  step({ nowMs, ...said }: Signals & { readonly nowMs: number }): ModeStep {
    const reason = this.#stepOwn(said, nowMs);
    if (this.#forced !== undefined && nowMs >= this.#forced.untilMs) this.#forced = undefined;
    const mode = this.#forced?.mode ?? this.#own;
    const changed = mode !== this.#told;
    this.#told = mode;
    if (this.#forced === undefined) return { mode, reason, changed };
    return { mode, reason: { because: "forced", untilMs: this.#forced.untilMs }, changed };
  }

  #stepOwn(said: Signals, nowMs: number): ModeReason {
    const of = signals.filter((signal) => said[signal]);
    if (of.length >= 2) this.#guard = { atMs: nowMs, of };
    const overloadedMs = this.#overloadedMs(said.health, nowMs);
    const enoughMs = this.#own === "siege" ? overloadMs.stays : overloadMs.begins;
    if (of.length === signals.length || overloadedMs >= enoughMs) this.#siege = { atMs: nowMs, of };
    this.#own = this.#next(nowMs);
    return this.#reason(of, overloadedMs, nowMs);
  }

  /** For how long health has been bad while the edge was on its guard. */
  #overloadedMs(bad: boolean, nowMs: number): number {
    const counts = bad && (this.#own !== "calm" || this.#guard.atMs === nowMs);
    this.#badSinceMs = counts ? (this.#badSinceMs ?? nowMs) : undefined;
    return nowMs - (this.#badSinceMs ?? nowMs);
  }

  #next(nowMs: number): Mode {
    if (nowMs - this.#siege.atMs < this.#quietMs) return "siege";
    const own = this.#own;
    if (own === "siege" || nowMs - this.#guard.atMs < this.#quietMs) {
      if (own !== "guarded") this.#guardedSinceMs = nowMs;
      return "guarded";
    }
    return own === "guarded" && nowMs - this.#guardedSinceMs < guardedMinMs ? "guarded" : "calm";
  }

  #reason(of: readonly Signal[], overloadedMs: number, nowMs: number): ModeReason {
    if (this.#own === "calm") return { because: "calm", of };
    const last = this.#own === "siege" ? this.#siege : this.#guard;
    if (last.atMs !== nowMs) return this.#quiet(last, nowMs);
    if (this.#own === "siege" && of.length < signals.length)
      return { because: "overload", forMs: overloadedMs };
    return { because: "signals", of };
  }

  #quiet(last: Spoken, nowMs: number): ModeReason {
    const forMs = nowMs - last.atMs;
    const least = this.#own === "guarded" ? this.#guardedSinceMs + guardedMinMs - nowMs : 0;
    return { because: "quiet", of: last.of, forMs, leftMs: Math.max(0, this.#quietMs - forMs, least) };
  }
}

const named: Readonly<Record<Signal, string>> = {
  volume: "far more requests than usual",
  composition: "requests that no usual reader sends",
  health: "the machine is under strain",
};

/** `far more requests than usual, and the machine is under strain`. */
export function inWords(reason: ModeReason): string {
  switch (reason.because) {
    case "calm":
      return reason.of.length === 0 ? "as usual" : `nothing but ${listed(reason.of)}`;
    case "signals":
      return listed(reason.of);
    case "overload":
      return `${named.health}, for ${seconds(reason.forMs)} on guard`;
    case "quiet":
      return `${listed(reason.of)}, last ${seconds(reason.forMs)} ago; relaxes in ${seconds(reason.leftMs)}`;
    case "forced":
      return "an operator's decision";
  }
}

function listed(of: readonly Signal[]): string {
  return of.map((signal) => named[signal]).join(", and ");
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
