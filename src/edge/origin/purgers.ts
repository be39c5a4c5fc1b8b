/** Who may have answers forgotten by `PURGE`: the networks that the operator named, the site's own address, and whoever knows the secret. */
import { sameBytes, sha256Bytes, utf8 } from "../../base/bytes.ts";
import type { Config } from "../../config/settings.ts";
import { type IpAddress, network, parseAddress, parseNetwork } from "../../decision/address.ts";
import { NetworkTable } from "../../decision/network-table.ts";
import type { Exchange } from "../exchange.ts";
import { laneAddress } from "../lane/address.ts";

/** Whoever says one of these brings somebody else's request, from wherever that came. */
const forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "cf-connecting-ip", "via"];

type Asking = Pick<Exchange, "request" | "address" | "isDirect">;

export class Purgers {
  readonly #networks = new NetworkTable<true>();
  readonly #secret: { readonly field: string; readonly hash: Uint8Array } | undefined;

  constructor({ url, purge_from: named, secret, secret_header: field }: Config["origin"]) {
    const site = parseAddress(laneAddress(url).hostname);
    // What else stands on this machine may be a proxy, or an onion service: that is the operator's to know.
    if (site !== undefined && !isLoopback(site))
      this.#networks.set(network(site, site.bytes.length * 8), true);
    for (const text of named) {
      const parsed = parseNetwork(text);
      if (parsed !== undefined) this.#networks.set(parsed, true);
    }
    this.#secret = secret === "" ? undefined : { field, hash: sha256Bytes(utf8(secret)) };
  }

  has(asking: Asking): boolean {
    return this.#knowsSecret(asking.request.headers) || this.#isNamed(asking);
  }

  /** Hashes are compared: how long that takes says nothing of the secret. */
  #knowsSecret(headers: Headers): boolean {
    const said = this.#secret === undefined ? null : headers.get(this.#secret.field);
    return said !== null && sameBytes(sha256Bytes(utf8(said)), this.#secret?.hash ?? new Uint8Array());
  }

  /** Of a request that a trusted proxy brought, its client's address counts; where it names none, that is the proxy's own. */
  #isNamed({ request, address, isDirect }: Asking): boolean {
    const parsed = parseAddress(address);
    if (parsed === undefined || this.#networks.find(parsed) !== true) return false;
    return isDirect ? !forwarded.some((name) => request.headers.has(name)) : !isLoopback(parsed);
  }
}

function isLoopback({ bytes, text }: IpAddress): boolean {
  return bytes.length === 4 ? bytes[0] === 127 : text === "::1";
}
