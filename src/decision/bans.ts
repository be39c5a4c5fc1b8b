/** Bans as the edge asks them: which network, why, until when. An expired one refuses nobody from that very moment. */
import { containsNetwork, type IpAddress, type Network, parseNetwork } from "./address.ts";
import { NetworkTable } from "./network-table.ts";

export interface ActiveBan {
  /** A CIDR in its shortest form. */
  readonly network: string;
  readonly reason: string;
  /** Ms since 1970; null: until somebody removes it. */
  readonly expiresAtMs: number | null;
}

/** Shorter prefixes would shut out whole countries; what calls for that is maintenance, not a ban. */
export const banBitsMin = { v4: 8, v6: 16 } as const;

/** Why this network can't be banned, in words; undefined where it can. */
export function objectionToBan(network: Network, allow: readonly Network[]): string | undefined {
  const v4 = network.base.bytes.length === 4;
  const bitsMin = v4 ? banBitsMin.v4 : banBitsMin.v6;
  if (network.bits < bitsMin) return `${network.text} is too wide: a ban covers /${bitsMin} at most`;
  const allowing = allow.find((allowed) => containsNetwork(allowed, network));
  if (allowing === undefined) return undefined;
  return `${network.text} lies in ${allowing.text} of decision.allow, which always wins over a ban`;
}

export class BanTable {
  readonly #bans = new NetworkTable<ActiveBan>();

  /** Networks that don't parse are an error of the caller's. */
  constructor(bans: readonly ActiveBan[]) {
    for (const ban of bans) {
      const network = parseNetwork(ban.network);
      if (network === undefined) throw new Error(`not a network: ${ban.network}`);
      this.#bans.set(network, ban);
    }
  }

  get isEmpty(): boolean {
    return this.#bans.isEmpty;
  }

  find(address: IpAddress, nowMs: number): ActiveBan | undefined {
    return this.#bans.find(address, (ban) => !isExpired(ban, nowMs));
  }
}

export function isExpired({ expiresAtMs }: ActiveBan, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}
