/** Connections that are kept for the next request, for a while. Whatever comes while nobody asked ends one: it would be taken for the next one's answer. */
import type { Connection, ConnectionUser } from "./connection.ts";

const keptMax = 64;
/** Less than servers usually wait (Node.js and Apache: five seconds). */
const keptMs = 4_000;

export class KeptConnections {
  readonly #monotonicMs: () => number;
  /** The oldest first. */
  readonly #all: Kept[] = [];

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  keep(connection: Connection): void {
    if (this.#all.length >= keptMax) return connection.close();
    const kept = new Kept(connection, this.#monotonicMs(), this.#forget);
    connection.user = kept;
    this.#all.push(kept);
  }

  /** The one that was used last. */
  take(): Connection | undefined {
    return this.#all.pop()?.connection;
  }

  closeOld(): void {
    const nowMs = this.#monotonicMs();
    const old = this.#all.filter(({ sinceMs }) => sinceMs + keptMs <= nowMs).length;
    for (const { connection } of this.#all.splice(0, old)) connection.close();
  }

  readonly #forget = (kept: Kept): void => {
    const at = this.#all.indexOf(kept);
    if (at >= 0) this.#all.splice(at, 1);
  };
}

class Kept implements ConnectionUser {
  readonly connection: Connection;
  readonly sinceMs: number;
  readonly #forget: (kept: Kept) => void;

  constructor(connection: Connection, sinceMs: number, forget: (kept: Kept) => void) {
    this.connection = connection;
    this.sinceMs = sinceMs;
    this.#forget = forget;
  }

  data(): void {
    this.#forget(this);
    this.connection.close();
  }

  drained(): void {}

  closed(): void {
    this.#forget(this);
  }
}
