/**
 * Whose connections end where places run short: of those that have taken nothing to speak of for a while, the ones of whoever holds most, so
 * that everybody is left with as many as everybody else at most. Pure.
 */
import type { Connection } from "./connections.ts";

/** Longer than a page takes on a bad line. A connection that browsers keep for later is quiet, too: they open another one. */
export const quietMs = 10_000;

/** So many of these connections, or a few more; the longest quiet of each source first. */
export function hoarded(all: readonly Connection[], count: number, nowMs: number): Connection[] {
  const quiet = all.filter(({ socket, quietSinceMs }) => socket.isOpen && nowMs - quietSinceMs >= quietMs);
  const bySource = [...Map.groupBy(quiet, ({ source }) => source).values()];
  for (const held of bySource) held.sort((left, right) => left.quietSinceMs - right.quietSinceMs);
  const left = levelFor(
    bySource.map(({ length }) => length),
    quiet.length - count,
  );
  return bySource.flatMap((held) => held.slice(0, Math.max(0, held.length - left)));
}

/** The most that each may keep, so that all together keep no more than `kept`, rounded down. */
function levelFor(counts: number[], kept: number): number {
  let left = Math.max(0, kept);
  const rising = counts.toSorted((one, other) => one - other);
  for (const [at, count] of rising.entries()) {
    const each = Math.floor(left / (rising.length - at));
    if (count >= each) return each;
    left -= count;
  }
  return Number.POSITIVE_INFINITY;
}
