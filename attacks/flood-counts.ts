/** What a flood got for its trouble: answers by status and over time, how long they took, and when it fell quiet. */
import type { Goal } from "./profile.ts";

/** Requests and connections that came to nothing, by how. */
export interface Failures {
  connect: number;
  /** Ended by the other side before the answer was complete. */
  cut: number;
  malformed: number;
  /** No complete answer within `answerMs` (flood.ts). */
  timeout: number;
}

/** `served`: 1xx to 3xx, or an error that is the page's own (404, 405, 421); `refused`: 403, 429, 503. */
export interface Fate {
  readonly sent: number;
  readonly served: number;
  readonly refused: number;
}

export interface FloodReport {
  readonly seconds: number;
  /** Addresses that it came from. */
  readonly sources: number;
  readonly sent: number;
  readonly answered: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly served: number;
  readonly refused: number;
  /** By what it asked for. */
  readonly goals: Readonly<Partial<Record<Goal, Fate>>>;
  /** Of the answers that served it, ms; 0 where there are none. */
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** Busiest second, answers. */
  readonly peak_per_s: number;
  /** From the first answer until it stays below a hundredth of its peak, ms: what was answered at all, what was served. Null: never. */
  readonly quiet_ms: { readonly answered: number | null; readonly served: number | null };
  readonly bytes: number;
  readonly failed: Failures;
  readonly connections: number;
  /** Of these, those that it still held at the end, without taking what it had asked for; whoever the kernel drops hears of no end. */
  readonly held: number;
  /** Puzzles. */
  readonly solved: number;
  /** Of a flood that asks for nothing: connections that the server had made its part of. */
  readonly greeted: number;
}

const refusals = new Set([403, 429, 503]);
const binMs = 100;
const binsPerS = 1_000 / binMs;
const quietShare = 0.01;
/** What is quiet for less time than this at the end may be so by chance. */
const quietLeastBins = 5;
/** Times that are kept to draw quantiles from; beyond these an even sample of all. */
const timesMax = 50_000;

export class FloodCounts {
  readonly failed: Failures = { connect: 0, cut: 0, malformed: 0, timeout: 0 };
  sent = 0;
  bytes = 0;
  connections = 0;
  held = 0;
  solved = 0;
  greeted = 0;
  readonly #startMs: number;
  readonly #statuses = new Uint32Array(1_000);
  readonly #goals = new Map<Goal, { sent: number; served: number; refused: number }>();
  /** By tenth of a second since the start. */
  readonly #answered: number[] = [];
  readonly #served: number[] = [];
  readonly #times = new Float32Array(timesMax);
  #timed = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  sends(goal: Goal): void {
    this.sent += 1;
    this.#fate(goal).sent += 1;
  }

  answers(goal: Goal, status: number, nowMs: number, tookMs: number): void {
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    const bin = Math.floor((nowMs - this.#startMs) / binMs);
    this.#answered[bin] = (this.#answered[bin] ?? 0) + 1;
    const isRefused = refusals.has(status);
    this.#fate(goal)[isRefused ? "refused" : "served"] += 1;
    if (isRefused) return;
    this.#served[bin] = (this.#served[bin] ?? 0) + 1;
    this.#times[this.#timed % timesMax] = tookMs;
    this.#timed += 1;
  }

  /** `isOn`: of a moment since the start, ms; what it did not send in its pauses does not make it quiet. */
  report(seconds: number, sources: number, isOn: (sinceMs: number) => boolean): FloodReport {
    const fates = [...this.#goals.values()];
    const times = this.#times.slice(0, Math.min(this.#timed, timesMax)).sort();
    const bins = Array.from({ length: Math.ceil((seconds * 1_000) / binMs) }, (_, bin) => bin);
    const quiet = (counts: readonly number[]) =>
      quietMs(
        bins.filter((bin) => isOn(bin * binMs)),
        counts,
      );
    return {
      seconds,
      sources,
      sent: this.sent,
      answered: sum(this.#answered),
      statuses: this.#byStatus(),
      served: sum(fates.map(({ served }) => served)),
      refused: sum(fates.map(({ refused }) => refused)),
      goals: Object.fromEntries(this.#goals),
      p50_ms: quantile(times, 0.5),
      p99_ms: quantile(times, 0.99),
      peak_per_s: peakPerS(this.#answered, bins.length),
      quiet_ms: { answered: quiet(this.#answered), served: quiet(this.#served) },
      bytes: this.bytes,
      failed: this.failed,
      connections: this.connections,
      held: this.held,
      solved: this.solved,
      greeted: this.greeted,
    };
  }

  #fate(goal: Goal): { sent: number; served: number; refused: number } {
    const known = this.#goals.get(goal);
    if (known !== undefined) return known;
    const fate = { sent: 0, served: 0, refused: 0 };
    this.#goals.set(goal, fate);
    return fate;
  }

  #byStatus(): Record<string, number> {
    const entries = Array.from(this.#statuses, (count, status) => [String(status), count] as const);
    return Object.fromEntries(entries.filter(([, count]) => count > 0));
  }
}

/** Bins in which it was on, in order → the first from which on the mean is at most a hundredth of the peak. */
export function quietMs(on: readonly number[], counts: readonly number[]): number | null {
  const of = (bin: number): number => counts[bin] ?? 0;
  const peak = Math.max(0, ...on.map(of));
  const first = on.findIndex((bin) => of(bin) > 0);
  if (first < 0) return null;
  let left = sum(on.slice(first).map(of));
  for (let at = first; at <= on.length - quietLeastBins; at += 1) {
    if (left <= peak * quietShare * (on.length - at)) return ((on[at] ?? 0) - (on[first] ?? 0)) * binMs;
    left -= of(on[at] ?? 0);
  }
  return null;
}

function peakPerS(counts: readonly number[], bins: number): number {
  const all = Array.from({ length: bins }, (_, bin) => counts[bin] ?? 0);
  return Math.max(0, ...all.map((_, bin) => sum(all.slice(bin, bin + binsPerS))));
}

function quantile(sorted: Float32Array, share: number): number {
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 100) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((whole, value) => whole + (value ?? 0), 0);
}
