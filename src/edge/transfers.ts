/**
 * Large answers on their way, and the slowest pace at which a reader may take one. Taking bytes earns time; standing still
 * uses it up. However much was taken before, no more than three times the grace is ever in store: a reader who stops, to
 * hold memory and a connection, is cut soon.
 */

import { Shares } from "../base/shares.ts";

export interface TransferLimits {
  /** At a time, in each worker. */
  readonly transfersMax: number;
  /** Of those, for one prefix; default: as many as there are. */
  readonly ofOnePrefixMax?: number;
  /** Bytes a second; 0: nobody is cut. */
  readonly rateMin: number;
  readonly graceMs: number;
  readonly monotonicMs: () => number;
}

export interface Transfer {
  /** When it is cut unless more is taken before; of the monotonic clock. */
  deadlineMs: number;
  /** Time in store while the clock stands still. */
  heldMs: number | undefined;
  readonly cut: () => void;
  readonly leave: () => void;
}

/** The system's buffers take bytes in bursts: a slow but steady reader may seem to stand still between two of them. */
const graceInStoreMax = 3;

export class Transfers {
  readonly #limits: TransferLimits;
  readonly #running = new Set<Transfer>();
  readonly #shares: Shares<number>;
  #countedBytes = 0;
  #takenBytes = 0;

  constructor(limits: TransferLimits) {
    this.#limits = limits;
    this.#shares = new Shares(limits.ofOnePrefixMax ?? Number.POSITIVE_INFINITY);
  }

  get running(): number {
    return this.#running.size;
  }

  /** Undefined where as many are running as may, of all or of this prefix. `cut` ends the transfer for good. */
  start(cut: () => void, prefix = 0): Transfer | undefined {
    const leave = this.#running.size < this.#limits.transfersMax ? this.#shares.take(prefix) : undefined;
    if (leave === undefined) return undefined;
    const { monotonicMs, graceMs } = this.#limits;
    const transfer: Transfer = { deadlineMs: monotonicMs() + graceMs, heldMs: undefined, cut, leave };
    this.#running.add(transfer);
    return transfer;
  }

  /** The reader's connection took this many bytes more. */
  took(transfer: Transfer, bytes: number): void {
    const { monotonicMs, rateMin, graceMs } = this.#limits;
    this.#takenBytes += bytes;
    if (rateMin === 0) return;
    const earnedMs = (bytes * 1000) / rateMin;
    transfer.deadlineMs = Math.min(transfer.deadlineMs + earnedMs, monotonicMs() + graceMs * graceInStoreMax);
  }

  /** An answer of so many bytes begins: they are counted as sent long before they are. */
  begins(bytes: number): void {
    this.#countedBytes += bytes;
  }

  /** Since the last time: how far what was counted is from what went out. */
  take(): { readonly countedBytes: number; readonly takenBytes: number } {
    const bytes = { countedBytes: this.#countedBytes, takenBytes: this.#takenBytes };
    this.#countedBytes = this.#takenBytes = 0;
    return bytes;
  }

  /** It is not the reader who is waited for: until `goOn`, no time passes. */
  hold(transfer: Transfer): void {
    if (transfer.heldMs !== undefined) return;
    transfer.heldMs = transfer.deadlineMs - this.#limits.monotonicMs();
    transfer.deadlineMs = Number.POSITIVE_INFINITY;
  }

  goOn(transfer: Transfer): void {
    if (transfer.heldMs === undefined) return;
    transfer.deadlineMs = this.#limits.monotonicMs() + transfer.heldMs;
    transfer.heldMs = undefined;
  }

  end(transfer: Transfer): void {
    this.#running.delete(transfer);
    transfer.leave();
  }

  /** To be called about once a second. Says how many were cut. */
  cutOverdue(): number {
    const { monotonicMs, rateMin } = this.#limits;
    if (rateMin === 0) return 0;
    const nowMs = monotonicMs();
    const overdue = [...this.#running].filter(({ deadlineMs }) => deadlineMs < nowMs);
    for (const transfer of overdue) {
      this.end(transfer);
      transfer.cut();
    }
    return overdue.length;
  }
}
