/** A way in to the origin: so many at a time, and a fair queue of those who wait. Readers have one, those who work on the site another. */
import type { Standing } from "../../decision/gates/standing.ts";
import { Turns } from "../../decision/gates/turns.ts";
import type { Visitor } from "./visitor.ts";

export interface HallOptions {
  /** Requests at a time whose answer has not begun. */
  readonly places: () => number;
  /** Requests at a time, also those whose answer is on its way to a slow client. */
  readonly connections: number;
  /** Of both, for those in good standing alone. */
  readonly knownShare: number;
  readonly queueMax: number;
  /** Asked for now of those who wait. */
  readonly effort: () => number;
}

export class Hall {
  readonly queue: Turns<Visitor>;
  readonly #options: HallOptions;
  /** In the lane, and of those the ones whose answer has not begun, with when they were let in. */
  readonly #inside = new Set<Visitor>();
  readonly #asking = new Map<Visitor, number>();
  /** Whose answer is on its way, or a body that takes long, with since when; the oldest first. */
  readonly #answering = new Map<Visitor, number>();

  constructor(options: HallOptions) {
    this.#options = options;
    this.queue = new Turns({ most: options.queueMax, effort: options.effort });
  }

  get asking(): ReadonlyMap<Visitor, number> {
    return this.#asking;
  }

  hasPlace({ lane }: Pick<Standing, "lane">): boolean {
    const { places, connections, knownShare } = this.#options;
    const share = lane === "known" ? 1 : 1 - knownShare;
    return (
      this.#asking.size < atLeastOne(places(), share) && this.#inside.size < atLeastOne(connections, share)
    );
  }

  /** Who comes in now; undefined where nobody waits who may. */
  next(nowMs: number): Visitor | undefined {
    if (this.hasPlace({ lane: "ticket" })) return this.queue.take("all", nowMs);
    return this.hasPlace({ lane: "known" }) ? this.queue.take("known", nowMs) : undefined;
  }

  enter(visitor: Visitor): void {
    this.#inside.add(visitor);
  }

  /** The origin works on it from now on; until then a slow form holds a connection, and nobody's place. */
  ask(visitor: Visitor, nowMs: number): void {
    if (this.#inside.has(visitor) && !this.#asking.has(visitor)) this.#asking.set(visitor, nowMs);
  }

  /** Its body comes at its client's pace, and may end as an answer that lasts may. */
  sends(visitor: Visitor, nowMs: number): void {
    if (this.#inside.has(visitor)) this.#answering.set(visitor, nowMs);
  }

  answered(visitor: Visitor, nowMs: number): void {
    this.#asking.delete(visitor);
    if (this.#inside.has(visitor)) this.#answering.set(visitor, nowMs);
  }

  leave(visitor: Visitor): void {
    this.#asking.delete(visitor);
    this.#answering.delete(visitor);
    this.#inside.delete(visitor);
  }

  /**
   * Whose answer is to end for those who wait, where it is connections that they wait for: of all that have lasted for `lastingMs`, the oldest of
   * the prefix that has most. So a few who hold streams of events keep nobody out, and where all have as many they take turns.
   */
  givesWay(lastingMs: number, nowMs: number): Visitor | undefined {
    const connections = atLeastOne(this.#options.connections, 1 - this.#options.knownShare);
    if (this.queue.length === 0 || this.#inside.size < connections) return undefined;
    const lasting = [...this.#answering].filter(([, sinceMs]) => nowMs - sinceMs >= lastingMs);
    const byPrefix = Map.groupBy(lasting, ([{ standing }]) => standing.prefix);
    const most = [...byPrefix.values()].reduce<(typeof lasting)[number][]>(
      (longest, held) => (held.length > longest.length ? held : longest),
      [],
    );
    return most[0]?.[0];
  }
}

/** Rounded down, but nobody's share of something is nothing. */
function atLeastOne(places: number, share: number): number {
  return places === 0 ? 0 : Math.max(1, Math.floor(places * share));
}
