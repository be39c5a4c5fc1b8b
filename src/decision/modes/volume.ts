/**
 * Volume: whether far more requests come than usual at this hour of the week. It looks at the last half second, and at the last three
 * for pulses; either has to be full of it for several hundred ms, so that one odd moment (a lump of late counts, one page's pictures) is nothing.
 */
import { sumOf } from "../../base/sum.ts";

/** So many times the usual rate is far above it: more than a good hour brings. */
export const highFactor = 4;
/** Below this rate nothing is far above the usual; any machine carries it. Requests a second. */
export const highFloorPerS = 50;

/** From which rate on the volume is far above the usual, requests/s. */
export function highFrom(usualPerS: number): number {
  return Math.max(highFloorPerS, highFactor * usualPerS);
}

export interface VolumeSign {
  readonly high: boolean;
  /** When it rose to half of what it has been at most since then, so that a crowd before a flood is not its onset; undefined while it is not high. */
  readonly sinceMs: number | undefined;
  /** Over the last half second, or so much of it as was seen. */
  readonly ratePerS: number;
  readonly usualPerS: number;
  readonly highFromPerS: number;
  /** Beyond the usual. */
  readonly excessPerS: number;
}

/** Windows, and how much of each has to be above the threshold. The long one sees pulses of a fifth of a second. */
const windows = [
  { ms: 500, highMs: 300 },
  { ms: 3_000, highMs: 500 },
] as const;
const longestMs = 3_000;
/** A pulse longer ago than this is over. */
const recentMs = 1_000;
/** Where the rate grows so many times, something has begun anew. */
const jump = 2;
/** High until the rate is below this part of the threshold … */
const lowShare = 0.5;
/** … and nothing was high for so long. */
const holdMs = 1_000;
/** Moments kept; more often than every 20 ms nobody needs to ask. */
const momentsMax = 150;

interface Moment {
  readonly endMs: number;
  readonly lengthMs: number;
  readonly requests: number;
}

export class Volume {
  #moments: Moment[] = [];
  #lastMs: number;
  #highMs = Number.NEGATIVE_INFINITY;
  #since: { readonly ms: number; readonly ratePerS: number } | undefined;

  constructor(nowMs: number) {
    this.#lastMs = nowMs;
  }

  /** `requests`: since the step before. */
  step({
    requests,
    usualPerS,
    nowMs,
  }: {
    readonly requests: number;
    readonly usualPerS: number;
    readonly nowMs: number;
  }): VolumeSign {
    this.#add(requests, nowMs);
    const highFromPerS = highFrom(usualPerS);
    const ratePerS = rateIn(this.#after(nowMs - windows[0].ms));
    const isRecent = this.#after(nowMs - recentMs).some((moment) => isAbove(moment, highFromPerS));
    const rises =
      isRecent && windows.some(({ ms, highMs }) => isHigh(this.#after(nowMs - ms), highFromPerS, highMs));
    if (rises) this.#highMs = nowMs;
    const stays = ratePerS >= highFromPerS * lowShare || nowMs - this.#highMs < holdMs;
    if (!rises && !stays) this.#since = undefined;
    else if (rises && ratePerS >= jump * (this.#since?.ratePerS ?? 0)) {
      const ms = this.#firstAbove(Math.max(highFromPerS, ratePerS / jump));
      this.#since = { ms, ratePerS: Math.max(highFromPerS, ratePerS) };
    }
    return {
      high: this.#since !== undefined,
      sinceMs: this.#since?.ms,
      ratePerS,
      usualPerS,
      highFromPerS,
      excessPerS: Math.max(0, ratePerS - usualPerS),
    };
  }

  /** A step in the same ms, or before the last one (a corrected clock), joins the moment before. */
  #add(requests: number, nowMs: number): void {
    const lengthMs = nowMs - this.#lastMs;
    const last = this.#moments.at(-1);
    if (lengthMs <= 0 && last !== undefined) {
      this.#moments[this.#moments.length - 1] = { ...last, requests: last.requests + requests };
    } else if (lengthMs > 0) {
      this.#moments.push({ endMs: nowMs, lengthMs, requests });
    }
    this.#lastMs = nowMs;
    const oldest = this.#moments.findIndex(({ endMs }) => endMs > nowMs - longestMs && endMs <= nowMs);
    this.#moments.splice(0, Math.max(oldest, this.#moments.length - momentsMax));
  }

  /** Beginning of the first moment above it that is remembered. */
  #firstAbove(fromPerS: number): number {
    const first = this.#moments.find((moment) => isAbove(moment, fromPerS));
    return first === undefined ? this.#lastMs : first.endMs - first.lengthMs;
  }

  #after(ms: number): readonly Moment[] {
    return this.#moments.filter(({ endMs }) => endMs > ms);
  }
}

function rateIn(moments: readonly Moment[]): number {
  const ms = sumOf(moments, ({ lengthMs }) => lengthMs);
  return ms === 0 ? 0 : (sumOf(moments, ({ requests }) => requests) / ms) * 1_000;
}

function isHigh(moments: readonly Moment[], fromPerS: number, leastMs: number): boolean {
  const above = moments.filter((moment) => isAbove(moment, fromPerS));
  return sumOf(above, ({ lengthMs }) => lengthMs) >= leastMs && rateIn(moments) >= fromPerS;
}

function isAbove({ requests, lengthMs }: Moment, fromPerS: number): boolean {
  return (requests / lengthMs) * 1_000 >= fromPerS;
}
