/**
 * A bounded queue in which nobody gets ahead by asking more: who comes next is decided by start-time fair queueing (Goyal, Vin, Cheng, 1996),
 * a flow for each prefix. Where it is full, the one leaves who would have come last: one of those who ask for most. Pure.
 */
import { RecentHalves } from "../../base/recent-halves.ts";

export interface Standing {
  /** The client's /24 or /48. */
  readonly prefix: number;
  /** In good standing: comes more often, and to places that are kept for such. */
  readonly isKnown: boolean;
}

interface Waiting<T> extends Standing {
  readonly item: T;
  readonly tag: number;
  readonly sinceMs: number;
}

/** Of a known one's turns to another's, while both wait. */
const knownWeight = 4;
/** Prefixes whose turns are remembered. */
const prefixesMax = 8_192;

/** What one turn costs. */
function turnOf({ isKnown }: Standing): number {
  return isKnown ? 1 / knownWeight : 1;
}

export class FairQueue<T> {
  readonly #most: number;
  /** Who comes next is first. */
  readonly #waiting: Waiting<T>[] = [];
  readonly #lastTags = new RecentHalves<number, number>(prefixesMax);
  /** The tag of whose turn came last. */
  #now = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Who has to leave for it; it may be itself. */
  push(item: T, standing: Standing, nowMs: number): T | undefined {
    const { prefix, isKnown } = standing;
    const tag = Math.max(this.#now, this.#lastTags.get(prefix) ?? 0) + turnOf(standing);
    const isFull = this.#waiting.length >= this.#most;
    const last = this.#waiting.at(-1);
    if (isFull && (last === undefined || last.tag <= tag)) return item;
    this.#lastTags.set(prefix, tag);
    this.#insert({ item, prefix, isKnown, tag, sinceMs: nowMs });
    return isFull && last !== undefined ? this.#giveUp([last])[0] : undefined;
  }

  /** `which`: "known": only one in good standing. Undefined where none waits. */
  take(which: "all" | "known"): T | undefined {
    const at = which === "all" ? 0 : this.#waiting.findIndex(({ isKnown }) => isKnown);
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (next === undefined) return undefined;
    this.#now = Math.max(this.#now, next.tag);
    return next.item;
  }

  /** False where it doesn't wait any more. */
  remove(item: T): boolean {
    const found = this.#waiting.find((waiting) => waiting.item === item);
    return this.#giveUp(found === undefined ? [] : [found]).length > 0;
  }

  /** Takes out who has waited since then or longer. */
  takeSince(untilMs: number): T[] {
    return this.#giveUp(this.#waiting.filter(({ sinceMs }) => sinceMs <= untilMs));
  }

  /** Without a turn, which is theirs still. */
  #giveUp(entries: readonly Waiting<T>[]): T[] {
    for (const entry of entries) {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      const last = this.#lastTags.get(entry.prefix);
      if (last !== undefined) this.#lastTags.set(entry.prefix, last - turnOf(entry));
    }
    return entries.map(({ item }) => item);
  }

  /** Behind all who have the same tag: they came before. */
  #insert(entry: Waiting<T>): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#waiting[middle]?.tag ?? 0) <= entry.tag) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, entry);
  }
}
