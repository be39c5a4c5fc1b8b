/**
 * A list of addresses that very many people share, as the Tor Project gives out its exits: one address a line
 * (check.torproject.org/torbulkexitlist), or lines of `ExitAddress 192.0.2.7 2026-11-22 10:00:00` among others (exit-addresses, collector.torproject.org,
 * "Exit lists"). Networks stand for all of theirs; `#` begins a comment. Pure.
 */
import { type Network, parseNetwork } from "../address.ts";

/** More are no list of exits. */
export const exitsMax = 100_000;

const exitAddress = /^ExitAddress\s+/;

/** What can be read of it; other lines say nothing. */
export function exitsIn(text: string): Network[] {
  const networks: Network[] = [];
  for (const line of text.split("\n", exitsMax)) {
    const [written = ""] = line.replace(/#.*/, "").replace(exitAddress, "").trim().split(/\s/, 1);
    const network = /[.:]/.test(written) ? parseNetwork(written) : undefined;
    if (network !== undefined) networks.push(network);
  }
  return networks;
}
