/** Whom the kernel never drops: networks that an operator named, this machine itself, and who is asked to be spared for a while. */
import { networkInterfaces } from "node:os";
import { hourMs } from "../../base/clock.ts";
import { RecentMap } from "../../base/recent-map.ts";
import { type IpAddress, type Network, network, parseAddress } from "../../decision/address.ts";
import { NetworkTable } from "../../decision/network-table.ts";

const askedMax = 16_384;
const askedMs = 24 * hourMs;

/** What the kernel drops is an address, in IPv6 its /64. */
export function sourceNetwork(address: IpAddress): Network {
  return network(address, address.bytes.length === 4 ? 32 : 64);
}

/**
 * This machine's own addresses: what comes from there is a proxy, an onion service or a tunnel that no setting names, with all its
 * readers behind it.
 */
export function ownNetworks(): Network[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => parseAddress(address))
    .filter((address) => address !== undefined)
    .map(sourceNetwork);
}

export class Spared {
  readonly #always = new NetworkTable<true>();
  /** By source, in its text; ms since 1970. */
  readonly #asked = new RecentMap<string, number>(askedMax);

  constructor(always: readonly Network[]) {
    for (const each of always) this.#always.set(each, true);
  }

  /** Keeps it for a day at most. */
  ask(source: Network, nowMs: number): void {
    this.#asked.set(source.base.text, nowMs + askedMs);
  }

  has(address: IpAddress, source: Network, nowMs: number): boolean {
    if (this.#always.find(address) === true) return true;
    return (this.#asked.get(source.base.text) ?? 0) > nowMs;
  }
}
