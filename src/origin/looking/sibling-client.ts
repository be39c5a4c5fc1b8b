/**
 * One request to a name that Kasbah does not serve: to the address that the resolver gives, under that name, without cookies, never following
 * a redirect. Bounded in bytes and time.
 */
import ipaddr from "ipaddr.js";
import { messageOf } from "../../base/errors.ts";
import { version } from "../../base/version.ts";
import { crawlerName, type Load, wholeBody } from "../client/client.ts";
import { lookAtName, type NameOptions } from "./look-at-name.ts";

export interface SiblingClientOptions {
  readonly names: NameOptions;
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
  /** Names whose addresses may be of any network: the operator wrote them down. */
  readonly listed: ReadonlySet<string>;
  readonly monotonicMs: () => number;
}

const headers = {
  "user-agent": `Mozilla/5.0 (X11; Linux x86_64; compatible; ${crawlerName}/${version})`,
  accept: "text/html,*/*;q=0.8",
  "accept-encoding": "identity",
} as const;

export class SiblingClient {
  readonly #options: SiblingClientOptions;

  constructor(options: SiblingClientOptions) {
    this.#options = options;
  }

  /** `path`: with its query. Never rejects. */
  async load(name: string, path: string, signal: AbortSignal): Promise<Load> {
    const { bodyBytesMax, timeoutMs, monotonicMs } = this.#options;
    const startMs = monotonicMs();
    try {
      const { origin, isTls } = await this.#whereIs(name);
      const response = await fetch(`${origin}${path}`, {
        headers: { ...headers, host: name },
        redirect: "manual",
        ...(isTls && { tls: { serverName: name } }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const body = await wholeBody(response, bodyBytesMax);
      if (body === undefined) return { kind: "fault", fault: "too large", reason: "is too large" };
      const { status } = response;
      const answer = { status, headers: [...response.headers], body };
      return { kind: "answer", answer, tookMs: monotonicMs() - startMs };
    } catch (thrown) {
      return { kind: "fault", fault: "away", reason: messageOf(thrown) };
    }
  }

  /** Throws where it leads nowhere, or into a network that is nobody's public one: a link is no way into the operator's own house. */
  async #whereIs(name: string): Promise<{ readonly origin: string; readonly isTls: boolean }> {
    const { names, listed } = this.#options;
    const { addresses, certificate } = await lookAtName(name, names);
    const [address] = addresses;
    if (address === undefined) throw new Error("leads to no address");
    if (!listed.has(name) && ipaddr.process(address).range() !== "unicast")
      throw new Error("leads to an address that is not public");
    const host = address.includes(":") ? `[${address}]` : address;
    const isTls = certificate !== null;
    return { isTls, origin: isTls ? `https://${host}:${names.port}` : `http://${host}:${names.plainPort}` };
  }
}
