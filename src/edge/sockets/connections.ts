/**
 * What is remembered of each connection from one look at the kernel's list to the next: whether it takes what waits for it, and since when
 * it has taken nothing to speak of. Bytes are counted where the other side's system acknowledged them. Pure.
 */
import { parseAddress } from "../../decision/address.ts";
import { sourceAddress } from "../kernel/spared.ts";
import type { SocketFacts } from "./socket-facts.ts";

export interface Pace {
  /** Bytes a second, over a whole window in which something waited all the time; 0: nobody is too slow. */
  readonly rateMin: number;
  readonly windowMs: number;
}

export interface Connection {
  readonly socket: SocketFacts;
  /** Its address, in IPv6 the first one of its /64. */
  readonly source: string;
  /** Something has waited for it since, without a pause; ms of the monotonic clock. */
  readonly waitingSinceMs: number;
  /** What it had taken by then. */
  readonly takenBefore: number;
  /** Since when it has taken less than the pace, whether or not anything waited. */
  readonly quietSinceMs: number;
}

/** For quiet ones, where nobody is too slow. */
const leastRate = 1;

export class Connections {
  readonly #pace: Pace;
  #seen: ReadonlyMap<string, Connection> = new Map();
  #seenMs = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  get all(): readonly Connection[] {
    return [...this.#seen.values()];
  }

  /** All that there are now. Gives those that took too little. */
  see(sockets: readonly SocketFacts[], nowMs: number): Connection[] {
    const stuck: Connection[] = [];
    const seen = new Map<string, Connection>();
    for (const socket of sockets) {
      const key = `${socket.local} ${socket.peer}`;
      const before = this.#seen.get(key);
      const now = before === undefined ? begin(socket, nowMs) : this.#follow(before, socket, nowMs);
      if (now === undefined) continue;
      if (this.#isStuck(now, nowMs)) stuck.push(now);
      seen.set(key, now);
    }
    this.#seen = seen;
    this.#seenMs = nowMs;
    return stuck;
  }

  #follow(before: Connection, socket: SocketFacts, nowMs: number): Connection | undefined {
    const took = socket.takenBytes - before.socket.takenBytes;
    // Another one between the same ends.
    if (took < 0) return begin(socket, nowMs);
    const isQuiet = took < Math.max(leastRate, this.#earned(nowMs - this.#seenMs));
    const quietSinceMs = isQuiet ? before.quietSinceMs : nowMs;
    const now = { ...before, socket, quietSinceMs };
    // What waited the last time was taken: what waits now is new, or on its way over a long line.
    const waits = took < before.socket.queuedBytes;
    return waits && !this.#keepsPace(now, nowMs)
      ? now
      : { ...now, waitingSinceMs: nowMs, takenBefore: socket.takenBytes };
  }

  /** Over a whole window; then the next one begins. */
  #keepsPace({ socket, waitingSinceMs, takenBefore }: Connection, nowMs: number): boolean {
    const waitedMs = nowMs - waitingSinceMs;
    return waitedMs >= this.#pace.windowMs && socket.takenBytes - takenBefore >= this.#earned(waitedMs);
  }

  #isStuck(connection: Connection, nowMs: number): boolean {
    return this.#pace.rateMin > 0 && nowMs - connection.waitingSinceMs >= this.#pace.windowMs;
  }

  /** What has to be taken in that time. */
  #earned(ms: number): number {
    return (this.#pace.rateMin * ms) / 1_000;
  }
}

/** Undefined where its address is none. */
function begin(socket: SocketFacts, nowMs: number): Connection | undefined {
  const address = parseAddress(socket.address);
  if (address === undefined) return undefined;
  return {
    socket,
    source: sourceAddress(address).text,
    waitingSinceMs: nowMs,
    takenBefore: socket.takenBytes,
    quietSinceMs: nowMs,
  };
}
