/** Whom the kernel never drops: networks that an operator named, this machine itself, and who is asked to be spared for a while. */
import { networkInterfaces } from "node:os";
import { RecentMap } from "../../base/recent-map.ts";
import { type IpAddress, type Network, network, parseAddress } from "../../decision/address.ts";
import { NetworkTable } from "../../decision/network-table.ts";

const askedMax = 16_384;

/** What the kernel drops: the address; in IPv6 the first one of its /64. */
export function sourceAddress(address: IpAddress): IpAddress {
  return address.bytes.length === 4 ? address : network(address, 64).base;
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
    .map((address) => network(address, address.bytes.length === 4 ? 32 : 64));
}

export class Spared {
  readonly #always = new NetworkTable<true>();
  /** By source, in its text; ms since 1970. */
  readonly #asked = new RecentMap<string, number>(askedMax);

  constructor(always: readonly Network[]) {
    for (const each of always) this.#always.set(each, true);
  }

  /** Until then, or until it was asked for longer before. */
  ask(source: IpAddress, untilMs: number): void {
    this.#asked.set(source.text, Math.max(untilMs, this.#asked.get(source.text) ?? 0));
  }

  has(address: IpAddress, source: IpAddress, nowMs: number): boolean {
    if (this.#always.find(address) === true) return true;
    return (this.#asked.get(source.text) ?? 0) > nowMs;
  }
}
