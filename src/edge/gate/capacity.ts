/**
 * How many requests at a time the origin carries, learned from how long its answers take. Pure; the time is handed in.
 *
 * As in Netflix's concurrency-limits (Gradient2Limit) and Envoy's adaptive concurrency (gradient controller): what answers take now is
 * compared with what they take when there is little to do; the limit follows their ratio, plus a headroom of its square root, so that it
 * rises by itself while nothing gets slower. As Envoy does, what it takes with little to do is measured again now and then, by letting little
 * in for a moment: a baseline that only followed would follow a flood.
 */

export interface CapacityBounds {
  /** Requests at a time. */
  readonly least: number;
  readonly first: number;
  readonly most: number;
}

/** A window is long enough for a median, and short enough to follow a flood's first seconds. */
const window = { msMin: 100, samplesMin: 16, msLong: 1_000, samplesLong: 4 } as const;
/** So much slower than usual is still usual: pages differ. Ms are added for answers that take next to nothing. */
const tolerance = { factor: 1.5, ms: 10 } as const;
/** One window never takes more than half. */
const gradientMin = 0.5;
const smoothing = 0.5;
/** A sample with at most this share of the limit on its way shows what answers take with little to do. */
const quietShare = 0.25;
const measureEveryMs = 60_000;
const measureForMs = 2_000;
/** After an answer that did not come. Faults of one moment count once. */
const backOff = { factor: 0.8, everyMs: 500 } as const;

interface Sample {
  readonly tookMs: number;
  readonly isQuiet: boolean;
}

export class Capacity {
  readonly #bounds: CapacityBounds;
  #limit: number;
  #samples: Sample[] = [];
  #mostRunning = 0;
  #windowMs: number;
  /** What an answer takes with little to do. */
  #usualMs: number | undefined;
  #measuredMs: number;
  #measuringSinceMs: number | undefined;
  #backedOffMs = Number.NEGATIVE_INFINITY;

  constructor(bounds: CapacityBounds, nowMs: number) {
    this.#bounds = bounds;
    this.#limit = within(bounds.first, bounds);
    this.#windowMs = nowMs;
    this.#measuredMs = nowMs;
  }

  /** Requests that may be on their way at a time; a whole number. */
  get limit(): number {
    const limit = this.#measuringSinceMs === undefined ? this.#limit : this.#limit * quietShare;
    return Math.floor(within(limit, this.#bounds));
  }

  /** Undefined until something is known. */
  get usualMs(): number | undefined {
    return this.#usualMs;
  }

  /** An answer began. `running`: with it, when it was asked for. */
  answered(tookMs: number, running: number, nowMs: number): void {
    const isQuiet = running <= Math.max(1, this.#limit * quietShare);
    this.#samples.push({ tookMs: Math.max(0, tookMs), isQuiet });
    this.#mostRunning = Math.max(this.#mostRunning, running);
    const sinceMs = nowMs - this.#windowMs;
    const isFull = sinceMs >= window.msMin && this.#samples.length >= window.samplesMin;
    const isLong = sinceMs >= window.msLong && this.#samples.length >= window.samplesLong;
    if (isFull || isLong) this.#close(nowMs);
    else if (this.#samples.length >= window.samplesMin * 64) this.#samples.splice(0, window.samplesMin * 32);
  }

  /** No answer came, or one that says that there is too much to do. */
  overloaded(nowMs: number): void {
    if (nowMs - this.#backedOffMs < backOff.everyMs) return;
    this.#backedOffMs = nowMs;
    this.#limit = within(this.#limit * backOff.factor, this.#bounds);
  }

  #close(nowMs: number): void {
    const tookMs = median(this.#samples);
    const quiet = this.#samples.filter(({ isQuiet }) => isQuiet);
    if (quiet.length >= window.samplesLong) this.#learn(median(quiet), nowMs);
    this.#usualMs ??= tookMs;
    // Unloaded answers can't take longer than loaded ones.
    this.#usualMs = Math.min(this.#usualMs, tookMs);
    const isUsed = this.#mostRunning * 2 >= this.#limit;
    if (isUsed && this.#measuringSinceMs === undefined) this.#follow(tookMs, this.#usualMs);
    this.#measure(nowMs);
    this.#samples = [];
    this.#mostRunning = 0;
    this.#windowMs = nowMs;
  }

  #learn(quietMs: number, nowMs: number): void {
    this.#usualMs = quietMs;
    this.#measuredMs = nowMs;
    this.#measuringSinceMs = undefined;
  }

  #follow(tookMs: number, usualMs: number): void {
    const gradient = (usualMs * tolerance.factor + tolerance.ms) / Math.max(tookMs, 1);
    const wanted = this.#limit * Math.min(1, Math.max(gradientMin, gradient)) + Math.sqrt(this.#limit);
    this.#limit = within(this.#limit + (wanted - this.#limit) * smoothing, this.#bounds);
  }

  /** Little is let in for a moment where there was never little to do for a minute. */
  #measure(nowMs: number): void {
    const sinceMs = this.#measuringSinceMs;
    if (sinceMs === undefined && nowMs - this.#measuredMs >= measureEveryMs) this.#measuringSinceMs = nowMs;
    if (sinceMs === undefined || nowMs - sinceMs < measureForMs) return;
    this.#measuringSinceMs = undefined;
    this.#measuredMs = nowMs;
  }
}

function within(limit: number, { least, most }: CapacityBounds): number {
  return Math.min(most, Math.max(least, limit));
}

function median(samples: readonly Sample[]): number {
  const sorted = samples.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
