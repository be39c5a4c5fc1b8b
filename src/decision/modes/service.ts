/**
 * How much is served: everything, text pages first (`lite`), or reading only. Up one step after seconds in which serving cost more than there is;
 * down one step after a minute in which the step below *would* cost well less, so that relief brought by text pages is no reason to leave
 * them. Looked at about once a second; time is handed in.
 */
import { sumOf } from "../../base/sum.ts";
import { LineSeen } from "./line-seen.ts";
import {
  type Cost,
  type CostCause,
  costCauses,
  costOf,
  nothingSpared,
  PagePrice,
  type Served,
  type Spared,
} from "./serving-cost.ts";

/** From the most to the least. */
export const serviceLevels = ["normal", "lite", "read-only"] as const;
export type ServiceLevel = (typeof serviceLevels)[number];

export interface ServiceStep {
  readonly level: ServiceLevel;
  /** Since when less than everything is served, ms since 1970; undefined in normal service. */
  readonly sinceMs: number | undefined;
  /** What cost too much when it rose last. */
  readonly causes: readonly CostCause[];
  /** By an operator. */
  readonly isOrdered: boolean;
  /** The level or who decided it, since the step before. */
  readonly changed: boolean;
  /** How many whole pages may go out in a second to those who ask for them nevertheless. */
  readonly wholePagesPerS: number;
}

export interface OrderedService {
  readonly level: ServiceLevel;
  readonly untilMs: number;
}

export interface ServiceOptions {
  /** False: only an operator changes anything. */
  readonly isAutomatic: boolean;
  /** Of the line to readers, as an operator says it; undefined: it is as wide as it turns out to be. */
  readonly lineBytesPerS: number | undefined;
  /** Reckons with what whole pages would cost; only a test does without. */
  readonly reckons?: boolean;
}

/** A story that everybody shares brings a crowd for longer than this, one page's pictures don't. */
export const enterMs = 5_000;
/** Relief shows at once, but what was asked for before has to go out first. */
export const worsenMs = 10_000;
export const quietMs = 60_000;
/** Well below: of all that there is. */
const wellShare = 0.6;
/** Who comes back so soon left too early: it doubles the quiet, up to sixteen minutes. */
const relapseMs = 10 * 60_000;
const doublingsMax = 4;
/** Of the line, or of the pages that were sent when it began, for those who want the whole page. */
const wholeShare = 0.1;
/** However little there is: one in ten seconds. */
const wholePerSMin = 0.1;
/** Looks that are remembered; more often than five times a second nobody needs to look. */
const looksMax = 64;

interface Look {
  readonly atMs: number;
  readonly seconds: number;
  readonly now: Cost;
  /** If the step below were served. */
  readonly below: Cost;
}

export class ServiceMachine {
  readonly #options: ServiceOptions;
  readonly #price = new PagePrice();
  readonly #lineSeen = new LineSeen();
  #looks: readonly Look[] = [];
  #own: ServiceLevel = "normal";
  #told: ServiceLevel = "normal";
  #wasOrdered = false;
  #toldSinceMs: number | undefined;
  #changedMs = Number.NEGATIVE_INFINITY;
  #causes: readonly CostCause[] = [];
  /** Since when the step below would have done. */
  #quietSinceMs: number | undefined;
  #leftMs = Number.NEGATIVE_INFINITY;
  #doublings = 0;
  #ordered: OrderedService | undefined;
  #wholePagesPerS = 1;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Undefined once its time is over. */
  get ordered(): OrderedService | undefined {
    return this.#ordered;
  }

  /** At once; undefined ends it. Underneath the machine goes on by itself. */
  order(ordered: OrderedService | undefined, nowMs: number): ServiceStep {
    this.#ordered = ordered;
    return this.#tell(nowMs);
  }

  /** `nowMs` never goes backwards by more than a clock is corrected. */
  step(served: Served, nowMs: number): ServiceStep {
    this.#lineSeen.note({ readersWait: false, ...served }, nowMs);
    if (this.#told === "normal") this.#learn(served);
    this.#look(served, nowMs);
    this.#move(nowMs);
    return this.#tell(nowMs);
  }

  #tell(nowMs: number): ServiceStep {
    if (this.#ordered !== undefined && nowMs >= this.#ordered.untilMs) this.#ordered = undefined;
    const level = this.#ordered?.level ?? this.#own;
    const isOrdered = this.#ordered !== undefined;
    const changed = level !== this.#told || isOrdered !== this.#wasOrdered;
    this.#told = level;
    this.#wasOrdered = isOrdered;
    this.#toldSinceMs = level === "normal" ? undefined : (this.#toldSinceMs ?? nowMs);
    return {
      level,
      sinceMs: this.#toldSinceMs,
      causes: level === "normal" || isOrdered ? [] : this.#causes,
      isOrdered,
      changed,
      wholePagesPerS: this.#wholePagesPerS,
    };
  }

  #learn(served: Served): void {
    this.#price.learn(served);
    const line = this.#lineBytesPerS;
    const { bytes } = this.#price;
    const all = line === undefined || bytes === undefined ? served.pages / served.seconds : line / bytes;
    this.#wholePagesPerS = Math.max(wholePerSMin, all * wholeShare);
  }

  #look(served: Served, nowMs: number): void {
    const { reckons = true } = this.#options;
    const cost = (spared: Spared): Cost => costOf(served, spared, this.#lineBytesPerS);
    const now = cost(nothingSpared);
    const below = reckons ? cost(this.#sparedNow(served)) : now;
    const look = { atMs: nowMs, seconds: served.seconds, now, below };
    const recent = this.#looks.filter(({ atMs }) => atMs > nowMs - enterMs && atMs <= nowMs);
    this.#looks = [...recent, look].slice(-looksMax);
  }

  /** The narrower one of what was said and what was seen: others may share the line. */
  get #lineBytesPerS(): number | undefined {
    const { lineBytesPerS: said } = this.#options;
    const { bytesPerS: seen } = this.#lineSeen;
    return said === undefined || seen === undefined ? (said ?? seen) : Math.min(said, seen);
  }

  /** By this level alone: leaving reading-only brings back the work, and not yet the whole pages. */
  #sparedNow(served: Served): Spared {
    const work = { requests: served.work, bytes: served.workBytes };
    return this.#own === "read-only" ? work : this.#price.sparedBy(served);
  }

  #move(nowMs: number): void {
    const mean = (of: "now" | "below"): Cost => meanOf(this.#looks, of);
    const over = costCauses.filter((cause) => mean("now")[cause] >= 1);
    const isWell = costCauses.every((cause) => mean("below")[cause] < wellShare);
    this.#quietSinceMs = isWell && this.#own !== "normal" ? (this.#quietSinceMs ?? nowMs) : undefined;
    if (!this.#options.isAutomatic) return;
    if (over.length > 0 && this.#isLong(nowMs)) this.#rise(over, nowMs);
    else if (nowMs - (this.#quietSinceMs ?? nowMs) >= quietMs * 2 ** this.#doublings) this.#fall(nowMs);
  }

  /** There is enough to judge by, and the last change has had its time. */
  #isLong(nowMs: number): boolean {
    const seenMs = sumOf(this.#looks, ({ seconds }) => seconds) * 1_000;
    return seenMs >= enterMs && nowMs - this.#changedMs >= worsenMs;
  }

  #rise(causes: readonly CostCause[], nowMs: number): void {
    const next = serviceLevels[serviceLevels.indexOf(this.#own) + 1];
    if (next === undefined) return;
    const isRelapse = nowMs - this.#leftMs < relapseMs;
    if (isRelapse) this.#doublings = Math.min(doublingsMax, this.#doublings + 1);
    else if (this.#own === "normal") this.#doublings = 0;
    this.#causes = causes;
    this.#become(next, nowMs);
  }

  #fall(nowMs: number): void {
    this.#leftMs = nowMs;
    this.#become(serviceLevels[serviceLevels.indexOf(this.#own) - 1] ?? "normal", nowMs);
  }

  /** What was seen at another level says nothing about this one. */
  #become(level: ServiceLevel, nowMs: number): void {
    this.#own = level;
    this.#changedMs = nowMs;
    this.#looks = [];
    this.#quietSinceMs = undefined;
  }
}

function meanOf(looks: readonly Look[], of: "now" | "below"): Cost {
  const seconds = sumOf(looks, (look) => look.seconds);
  const mean = (cause: CostCause): number =>
    seconds === 0 ? 0 : sumOf(looks, (look) => look[of][cause] * look.seconds) / seconds;
  return { processor: mean("processor"), lag: mean("lag"), line: mean("line") };
}
