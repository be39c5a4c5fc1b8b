/**
 * How much work is asked for: nothing until it is needed, more while those who did it aren't served in time, less again once everybody is.
 * As Tor's service does ("Proof of Work for onion service introduction", common protocol; proposal 327), with three differences. What
 * others happen to prove raises nothing, so that nobody raises the price for everybody by paying more (proposal 362 names that attack). It
 * ends at what a cheap phone can do. And it goes down in steps that wait longer each time that they turned out too early, so that a flood
 * that goes on is not let in again every minute.
 */

export interface EffortBounds {
  /** The least worth asking for; less than that is nothing. Like all efforts, in the puzzle's unit, whole numbers. */
  readonly first: number;
  /** What a cheap phone does in two seconds. */
  readonly most: number;
}

export interface Served {
  readonly effort: number;
  /** In the queue, until its turn; undefined: it was told to come back later. */
  readonly waitedMs: number | undefined;
}

const lookEveryMs = 5_000;
/** Who waits in the queue for longer, waits too long. */
const patienceMs = 2_000;
/** So many of those, of at least so many, say that what is asked for is not enough. */
const short = { share: 0.25, least: 4 } as const;
/** So many of all, at most, wait too long while it is calm: somebody always asks for too much. */
const calmShare = 0.02;
const raise = 2;
const lower = 2 / 3;
/** Before a step down: so long nobody waited for too long. */
const hold = { leastMs: 30_000, mostMs: 16 * 60_000 } as const;

export class Effort {
  readonly #bounds: EffortBounds;
  #effort = 0;
  /** Since the last look: of those who proved what is asked for, and of all. */
  #proven = 0;
  #shortProven = 0;
  #all = 0;
  #shortAll = 0;
  #lookedMs: number;
  #calmSinceMs: number;
  #holdMs: number = hold.leastMs;
  #loweredMs = Number.NEGATIVE_INFINITY;

  constructor(bounds: EffortBounds, nowMs: number) {
    this.#bounds = bounds;
    this.#lookedMs = nowMs;
    this.#calmSinceMs = nowMs;
  }

  /** What to ask for now. */
  get effort(): number {
    return this.#effort;
  }

  note({ effort, waitedMs }: Served): void {
    const isShort = waitedMs === undefined || waitedMs > patienceMs;
    this.#all += 1;
    if (isShort) this.#shortAll += 1;
    if (effort < this.#effort) return;
    this.#proven += 1;
    if (isShort) this.#shortProven += 1;
  }

  /** To be called about once a second. */
  tend(nowMs: number): void {
    if (nowMs - this.#lookedMs < lookEveryMs) return;
    const isShort = this.#proven >= short.least && this.#shortProven >= this.#proven * short.share;
    if (isShort) this.#raise(nowMs);
    if (this.#shortAll > this.#all * calmShare) this.#calmSinceMs = nowMs;
    else if (nowMs - this.#calmSinceMs >= this.#holdMs) this.#lower(nowMs);
    this.#proven = this.#shortProven = this.#all = this.#shortAll = 0;
    this.#lookedMs = nowMs;
  }

  /** A step down that has to be taken back was too early: the next one waits twice as long. */
  #raise(nowMs: number): void {
    const { first, most } = this.#bounds;
    if (nowMs - this.#loweredMs <= this.#holdMs * 2) this.#holdMs = Math.min(hold.mostMs, this.#holdMs * 2);
    this.#loweredMs = Number.NEGATIVE_INFINITY;
    this.#effort = Math.min(most, Math.max(first, Math.ceil(this.#effort * raise)));
  }

  #lower(nowMs: number): void {
    this.#calmSinceMs = nowMs;
    if (this.#effort === 0) this.#holdMs = Math.max(hold.leastMs, this.#holdMs / 2);
    else this.#loweredMs = nowMs;
    const next = Math.floor(this.#effort * lower);
    this.#effort = next < this.#bounds.first ? 0 : next;
  }
}
