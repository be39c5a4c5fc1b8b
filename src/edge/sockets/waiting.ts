/** Of the readers whom the edge knows, how many wait for what was sent to them, from what is remembered of connections. Pure. */
import type { Connection } from "./connections.ts";

export interface Waiting {
  /** Known readers to whom something was sent since the last look, by address. */
  readonly readers: number;
  /** Of those, the ones that had not taken by this look what waited at the last one. */
  readonly waiting: number;
}

/** Fewer say nothing. */
const readersMin = 20;
/** So many that it is hardly their own lines. Who came since the last look counts as served, so that it is never all of them. */
const mostShare = 0.6;

export function waitingOf(
  connections: readonly Connection[],
  isKnown: (address: string) => boolean,
  nowMs: number,
): Waiting {
  const waits = new Map<string, boolean>();
  for (const { socket, waitingSinceMs, quietSinceMs } of connections) {
    const isWaiting = waitingSinceMs < nowMs;
    if (isWaiting || quietSinceMs === nowMs)
      waits.set(socket.address, isWaiting || waits.get(socket.address) === true);
  }
  const readers = [...waits].filter(([address]) => isKnown(address));
  return { readers: readers.length, waiting: readers.filter(([, isWaiting]) => isWaiting).length };
}

export function doMostWait({ readers, waiting }: Waiting): boolean {
  return readers >= readersMin && waiting >= readers * mostShare;
}
