/** Who asks, out of a request. */
import { parseAddress } from "../../decision/address.ts";
import { prefixKey } from "../../decision/source.ts";
import type { Exchange } from "../exchange.ts";
import type { EdgeState } from "../state.ts";
import type { Asker } from "../../decision/gates/asker.ts";

export function askerOf(exchange: Exchange, { sharedNetworks }: EdgeState): Asker {
  const { site, source, client } = exchange;
  const address = sharedNetworks.isEmpty || client === undefined ? undefined : parseAddress(client.text);
  const isShared = address !== undefined && sharedNetworks.has(address);
  return { site, prefix: prefixKey(source), isShared, nowMs: exchange.atMs };
}
