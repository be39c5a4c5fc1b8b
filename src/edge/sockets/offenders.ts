/** From whom so many connections had to be ended that it is no accident: they are named for the kernel to drop. In memory only. Pure. */
import { RecentMap } from "../../base/recent-map.ts";
import type { Connection } from "./connections.ts";

/** Ended connections of one source within the time below: more than a family's telephones lose in a tunnel. */
const endedMax = 32;
const withinMs = 600_000;
const sourcesMax = 16_384;

interface Count {
  readonly ended: number;
  readonly sinceMs: number;
}

export class Offenders {
  readonly #counts = new RecentMap<string, Count>(sourcesMax);

  /**
   * `ended`: of one look; `left`: what is still there. Gives the sources to be dropped, each once. None behind which anybody takes what is sent,
   * as people do who share an address with it.
   */
  count(ended: Iterable<Connection>, left: readonly Connection[], nowMs: number): string[] {
    const read = new Set(left.filter((one) => takes(one, nowMs)).map(({ source }) => source));
    return [...Map.groupBy(ended, ({ source }) => source)].flatMap(([source, { length }]) =>
      this.#add(source, length, nowMs) >= endedMax && !read.has(source) ? this.#name(source) : [],
    );
  }

  #add(source: string, more: number, nowMs: number): number {
    this.#counts.forgetWhile(isOld(nowMs));
    const kept = this.#counts.get(source);
    const { ended, sinceMs } = kept === undefined || isOld(nowMs)(kept) ? { ended: 0, sinceMs: nowMs } : kept;
    this.#counts.set(source, { ended: ended + more, sinceMs });
    return ended + more;
  }

  #name(source: string): string {
    this.#counts.delete(source);
    return source;
  }
}

function isOld(nowMs: number): (count: Count) => boolean {
  return ({ sinceMs }) => nowMs - sinceMs >= withinMs;
}

/** It took at the pace when it was last looked at. */
function takes({ quietSinceMs }: Connection, nowMs: number): boolean {
  return quietSinceMs === nowMs;
}
