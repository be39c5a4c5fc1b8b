/** What the machine goes through, from workers' reports and the process's own processor time: that by which health is judged. */
import { sumOf } from "../../base/sum.ts";
import type { Vitals } from "../../decision/modes/health.ts";
import type { LaneFare } from "../lane/vitals.ts";

/** Processor time is a share of at least so long. */
const processorMs = 500;
/** What the protected site did longer ago says nothing about now. */
const originMs = 5_000;
/** Fewer requests to it say nothing. */
const originRequestsMin = 10;

export interface StrainOptions {
  /** How many of them the process may use at once. */
  readonly processors: number;
  /** Processor time that the process has used so far, of all its threads, ms. */
  readonly usedMs: () => number;
}

/** Of this process, all its threads together. */
export function usedProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

export class Strain {
  readonly #options: StrainOptions;
  readonly #used: { readonly atMs: number; readonly usedMs: number }[] = [];
  readonly #origin: (LaneFare & { readonly atMs: number })[] = [];
  /** Since the last look. */
  #lagMs: number | undefined;
  #heardMs: number | undefined;

  constructor(options: StrainOptions) {
    this.#options = options;
  }

  /** From one worker. */
  hear(lagMs: number, origin: LaneFare | undefined, nowMs: number): void {
    this.#lagMs = Math.max(this.#lagMs ?? 0, lagMs);
    this.#heardMs = nowMs;
    if (origin !== undefined && origin.requests > 0) this.#origin.push({ ...origin, atMs: nowMs });
  }

  /** About every 100 ms. A look without any report: the workers have not come to it for so long. */
  look(nowMs: number): Vitals {
    const lagMs = this.#lagMs ?? (this.#heardMs === undefined ? 0 : nowMs - this.#heardMs);
    this.#lagMs = undefined;
    return { lagMs, cpuShare: this.#cpuShare(nowMs), ...this.#originVitals(nowMs) };
  }

  #cpuShare(nowMs: number): number {
    this.#used.push({ atMs: nowMs, usedMs: this.#options.usedMs() });
    while ((this.#used[1]?.atMs ?? Infinity) <= nowMs - processorMs) this.#used.shift();
    const [first, last] = [this.#used[0], this.#used.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < processorMs) return 0;
    return (last.usedMs - first.usedMs) / (last.atMs - first.atMs) / this.#options.processors;
  }

  #originVitals(nowMs: number): Pick<Vitals, "originMs" | "originErrors"> {
    while ((this.#origin[0]?.atMs ?? Infinity) <= nowMs - originMs) this.#origin.shift();
    const requests = sumOf(this.#origin, (fare) => fare.requests);
    if (requests < originRequestsMin) return { originMs: undefined, originErrors: undefined };
    const times = this.#origin.flatMap((fare) => fare.tookMs).sort((a, b) => a - b);
    return {
      originMs: times[Math.floor(times.length / 2)],
      originErrors: sumOf(this.#origin, (fare) => fare.failed) / requests,
    };
  }
}
