/** Networks whose addresses are very many people's: those that the settings name, and the ones in a file that changes, like a list of Tor's exits. */
import { readFileSync, statSync } from "node:fs";
import { messageOf } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { IpAddress, Network } from "../../decision/address.ts";
import { exitsIn } from "../../decision/gates/exit-list.ts";
import { NetworkTable } from "../../decision/network-table.ts";

export interface SharedNetworksOptions {
  readonly named: readonly Network[];
  /** "": there is none. */
  readonly file: string;
  readonly log: Log;
}

/** It changes once an hour. */
const lookEveryMs = 60_000;

export class SharedNetworks {
  readonly #options: SharedNetworksOptions;
  #table = new NetworkTable<true>();
  #lookedMs: number | undefined;
  /** Of the file that was read last: when it was written, or why it can't be read. */
  #seen: number | string | undefined;

  constructor(options: SharedNetworksOptions) {
    this.#options = options;
    this.#take([]);
  }

  get isEmpty(): boolean {
    return this.#table.isEmpty;
  }

  has(address: IpAddress): boolean {
    return this.#table.find(address) === true;
  }

  /** To be called about once a second, and before the first request. A file that can't be read leaves what was read last. */
  tend(monotonicMs: number): void {
    const { file, log } = this.#options;
    if (file === "" || monotonicMs - (this.#lookedMs ?? Number.NEGATIVE_INFINITY) < lookEveryMs) return;
    this.#lookedMs = monotonicMs;
    try {
      const writtenMs = statSync(file).mtimeMs;
      if (writtenMs === this.#seen) return;
      this.#seen = writtenMs;
      this.#read(file);
    } catch (thrown) {
      const reason = messageOf(thrown);
      if (reason !== this.#seen) log.warn("gates.tor_exits can't be read", { reason });
      this.#seen = reason;
    }
  }

  #read(file: string): void {
    const exits = exitsIn(readFileSync(file, "utf8"));
    if (exits.length === 0) throw new Error(`${file} names no address`);
    this.#take(exits);
  }

  #take(exits: readonly Network[]): void {
    this.#table = new NetworkTable();
    for (const network of [...this.#options.named, ...exits]) this.#table.set(network, true);
  }
}
