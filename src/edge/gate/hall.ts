/** A way in to the origin: so many at a time, and a fair queue of those who wait. Readers have one, those who work on the site another. */
import { FairQueue, type Standing } from "./fair-queue.ts";
import type { Visitor } from "./visitor.ts";

export interface HallOptions {
  /** Requests at a time whose answer has not begun. */
  readonly places: () => number;
  /** Requests at a time, also those whose answer is on its way to a slow client. */
  readonly connections: number;
  /** Of both, for those in good standing alone. */
  readonly knownShare: number;
  readonly queueMax: number;
}

export class Hall {
  readonly queue: FairQueue<Visitor>;
  readonly #options: HallOptions;
  /** In the lane, and of those the ones whose answer has not begun, with when they were let in. */
  readonly #inside = new Set<Visitor>();
  readonly #asking = new Map<Visitor, number>();

  constructor(options: HallOptions) {
    this.#options = options;
    this.queue = new FairQueue(options.queueMax);
  }

  get asking(): ReadonlyMap<Visitor, number> {
    return this.#asking;
  }

  hasPlace({ isKnown }: Pick<Standing, "isKnown">): boolean {
    const { places, connections, knownShare } = this.#options;
    const share = isKnown ? 1 : 1 - knownShare;
    return (
      this.#asking.size < atLeastOne(places(), share) && this.#inside.size < atLeastOne(connections, share)
    );
  }

  /** Who comes in now; undefined where nobody waits who may. */
  next(): Visitor | undefined {
    if (this.hasPlace({ isKnown: false })) return this.queue.take("all");
    return this.hasPlace({ isKnown: true }) ? this.queue.take("known") : undefined;
  }

  enter(visitor: Visitor): void {
    this.#inside.add(visitor);
  }

  /** The origin works on it from now on; until then a slow form holds a connection, and nobody's place. */
  ask(visitor: Visitor, nowMs: number): void {
    if (this.#inside.has(visitor) && !this.#asking.has(visitor)) this.#asking.set(visitor, nowMs);
  }

  answered(visitor: Visitor): void {
    this.#asking.delete(visitor);
  }

  leave(visitor: Visitor): void {
    this.#asking.delete(visitor);
    this.#inside.delete(visitor);
  }
}

/** Rounded down, but nobody's share of something is nothing. */
function atLeastOne(places: number, share: number): number {
  return places === 0 ? 0 : Math.max(1, Math.floor(places * share));
}
