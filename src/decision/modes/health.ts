/**
 * Health: whether the machine is under strain, from numbers that are handed in about ten times a second. Bad once something is bad for
 * several hundred ms, good again once everything has been well for seconds.
 */

/** What can be measured now; undefined where it can't (no origin, too few requests to it). */
export interface Vitals {
  /** Event-loop lag of the slowest worker, ms. */
  readonly lagMs: number;
  /** Of the processor time that the edge's threads could use, over half a second or longer: 0..1. */
  readonly cpuShare: number;
  /** Time to the first byte of the protected site, median of the last seconds, ms. */
  readonly originMs?: number | undefined;
  /** Of requests to it in the last seconds, 0..1. */
  readonly originErrors?: number | undefined;
}

export const causes = ["lag", "processor", "origin latency", "origin errors"] as const;
export type Cause = (typeof causes)[number];

/** Bad from `bad` on; well again only below `well`. */
const bounds: Readonly<Record<Cause, { readonly bad: number; readonly well: number }>> = {
  /** A reader's answer has a hundred ms before anybody notices (Miller 1968); half of it may be waiting. */
  lag: { bad: 50, well: 20 },
  processor: { bad: 0.9, well: 0.7 },
  "origin latency": { bad: 2_000, well: 1_000 },
  "origin errors": { bad: 0.2, well: 0.05 },
};

const badAfterMs = 300;
const wellAfterMs = 3_000;

export interface HealthSign {
  readonly bad: boolean;
  /** What is bad at this moment, or keeps it so. */
  readonly causes: readonly Cause[];
}

/** What lies beyond its bound: the lower one where it already counts as bad. */
export function judgeHealth(vitals: Vitals, alreadyBad: boolean): readonly Cause[] {
  const measured: Readonly<Record<Cause, number | undefined>> = {
    lag: vitals.lagMs,
    processor: vitals.cpuShare,
    "origin latency": vitals.originMs,
    "origin errors": vitals.originErrors,
  };
  return causes.filter((cause) => {
    const { bad, well } = bounds[cause];
    return (measured[cause] ?? 0) >= (alreadyBad ? well : bad);
  });
}

export class Health {
  #bad = false;
  /** Since when it has been otherwise than `#bad` says. */
  #otherSinceMs: number | undefined;

  step(vitals: Vitals, nowMs: number): HealthSign {
    const found = judgeHealth(vitals, this.#bad);
    const other = found.length > 0 !== this.#bad;
    this.#otherSinceMs = other ? (this.#otherSinceMs ?? nowMs) : undefined;
    const lasted = nowMs - (this.#otherSinceMs ?? nowMs);
    if (other && lasted >= (this.#bad ? wellAfterMs : badAfterMs)) {
      this.#bad = !this.#bad;
      this.#otherSinceMs = undefined;
    }
    return { bad: this.#bad, causes: found };
  }
}
