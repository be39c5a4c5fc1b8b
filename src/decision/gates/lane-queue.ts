/**
 * Those who wait in one lane. Who had least lately comes first, and among equals who has waited longest: least attained service (Nuyens and
 * Wierman, "The foreground-background queue: a survey", 2008), which serves those who ask for little as if those who ask for much weren't
 * there. So that it starves nobody, every fourth turn is the eldest's, whatever it had (RainCheck, see ticket.ts).
 */
import type { Holders } from "./holders.ts";
import type { Standing } from "./standing.ts";

/** What decides who comes first in a lane, in this order; then who has waited longest. */
export interface Rank {
  readonly standing: Standing;
  /** Since when it waits, here and elsewhere. */
  readonly sinceMs: number;
  /** Parts of what is asked for that weren't proven. */
  readonly unproven: number;
  /** Turns that its prefix or its pass had, and those that wait for theirs already. */
  readonly had: number;
}

export interface Waiting<T> extends Rank {
  readonly item: T;
  /** When it came here. */
  readonly cameMs: number;
}

const eldestEvery = 4;

export class LaneQueue<T> {
  /** Who comes next is first. */
  readonly #waiting: Waiting<T>[] = [];
  readonly #holders: Holders;
  #turns = 0;
  /** Looked for when it is asked for. */
  #eldest: Waiting<T> | undefined;

  constructor(holders: Holders) {
    this.#holders = holders;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** How many would come before it. */
  ahead(one: Rank): number {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#waiting[middle];
      if (other !== undefined && comesAfter(other, one)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  add(one: Waiting<T>): void {
    this.#waiting.splice(this.ahead(one), 0, one);
    this.#holders.waits(one.standing, 1);
    if (this.#eldest !== undefined && isOlder(one, this.#eldest)) this.#eldest = one;
  }

  /** Its turn has come. */
  take(nowMs: number): Waiting<T> | undefined {
    this.#turns += 1;
    const next = this.#turns % eldestEvery === 0 ? this.#findEldest() : this.#waiting[0];
    if (next === undefined) return undefined;
    this.leave(next);
    this.#holders.took(next.standing, nowMs);
    return next;
  }

  leave(one: Waiting<T>): void {
    this.#waiting.splice(this.#waiting.indexOf(one), 1);
    this.#holders.waits(one.standing, -1);
    if (one === this.#eldest) this.#eldest = undefined;
  }

  /** Who would come last, and is not the eldest. `newcomer`: also thought of. Undefined where there is nobody but the eldest. */
  last(newcomer?: Waiting<T>): Waiting<T> | undefined {
    const here = this.#findEldest();
    const isEldest = newcomer !== undefined && (here === undefined || isOlder(newcomer, here));
    if (isEldest) return this.#waiting.at(-1);
    if (newcomer !== undefined && this.ahead(newcomer) === this.#waiting.length) return newcomer;
    return this.#waiting.at(-1) === here ? this.#waiting.at(-2) : this.#waiting.at(-1);
  }

  #findEldest(): Waiting<T> | undefined {
    this.#eldest ??= this.#waiting.reduce<Waiting<T> | undefined>(
      (eldest, one) => (eldest === undefined || isOlder(one, eldest) ? one : eldest),
      undefined,
    );
    return this.#eldest;
  }
}

function comesAfter(one: Rank, other: Rank): boolean {
  if (one.unproven !== other.unproven) return one.unproven > other.unproven;
  if (one.had !== other.had) return one.had > other.had;
  return isOlder(other, one);
}

function isOlder(one: Rank, other: Rank): boolean {
  return one.sinceMs < other.sinceMs;
}
