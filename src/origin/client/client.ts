/**
 * One request to the origin, as the edge would pass it on for a reader: directly, under the public name, without cookies, never following
 * a redirect. Bounded in bytes and time.
 */
import { messageOf } from "../../base/errors.ts";
import { version } from "../../base/version.ts";
import type { OriginLock } from "./origin-lock.ts";
import type { OriginAddress, ProtectedSite } from "./protected-site.ts";

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}

export type Load =
  | { readonly kind: "answer"; readonly answer: Answer; readonly tookMs: number }
  /** `away`: no connection, no answer in time, or one that broke off. */
  | { readonly kind: "fault"; readonly fault: "away" | "too large"; readonly reason: string };

export interface ClientOptions {
  readonly site: ProtectedSite;
  readonly lock: OriginLock;
  readonly bodyBytesMax: number;
  readonly timeoutMs: number;
  readonly monotonicMs: () => number;
}

/** Somebody in particular who asks. */
export interface Visitor {
  readonly headers: Readonly<Record<string, string>>;
  /** Whom the origin is told that it answers. */
  readonly address: string;
  /** The HTTP proxy that it goes through; then the origin sees for itself who asks, and is told nothing. */
  readonly proxy?: string | undefined;
}

/** How a snapshot's visits call themselves: what robots.txt can name, and what a log shows. */
export const crawlerName = "Kasbah";
const ownName = `compatible; ${crawlerName}/${version}`;

/** Readers whose pages should not differ in what they do: a desktop, a telephone, a program. One page is loaded as each of them. */
const readers = [
  { "user-agent": `Mozilla/5.0 (X11; Linux x86_64; ${ownName})`, accept: "text/html,*/*;q=0.8" },
  { "user-agent": `Mozilla/5.0 (Linux; Android 14; Mobile; ${ownName})`, accept: "text/html,*/*;q=0.8" },
  { "user-agent": `${crawlerName}/${version}`, accept: "*/*" },
] as const;

export class OriginClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** `reader`: any number, equal ones being the same sort of reader; or somebody in particular. Never rejects. */
  async load(address: OriginAddress, reader: number | Visitor, signal?: AbortSignal): Promise<Load> {
    const { site, lock, timeoutMs, monotonicMs } = this.#options;
    const startMs = monotonicMs();
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${site.origin}${address}`, {
        headers: this.#headers(typeof reader === "number" ? readerOf(reader) : reader),
        redirect: "manual",
        ...(typeof reader === "object" && reader.proxy !== undefined && { proxy: reader.proxy }),
        tls: lock.tls,
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      });
      const body = await wholeBody(response, this.#options.bodyBytesMax);
      if (body === undefined) return { kind: "fault", fault: "too large", reason: "is too large" };
      const { status } = response;
      return {
        kind: "answer",
        answer: { status, headers: [...response.headers], body },
        tookMs: monotonicMs() - startMs,
      };
    } catch (thrown) {
      const reason = timeout.aborted ? `did not answer within ${timeoutMs / 1_000} s` : messageOf(thrown);
      return { kind: "fault", fault: "away", reason };
    }
  }

  /** As src/edge/lane/request-head.ts says them for a reader on this machine. */
  #headers({ headers, address, proxy }: Visitor): Record<string, string> {
    const { site, lock } = this.#options;
    const whom = proxy === undefined ? { "x-forwarded-for": address, "x-real-ip": address } : {};
    const forwarded = proxy === undefined ? `for=${address};` : "";
    return {
      ...headers,
      ...whom,
      "accept-encoding": "identity",
      host: site.host,
      forwarded: `${forwarded}host="${site.host}";proto=${site.scheme}`,
      "x-forwarded-host": site.host,
      "x-forwarded-proto": site.scheme,
      ...lock.headers,
    };
  }
}

/** Undefined where it is longer than anything that is kept. */
export async function wholeBody(
  { headers, body }: Response,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(headers.get("content-length") ?? 0) > bytesMax) {
    await body?.cancel();
    return undefined;
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > bytesMax) return undefined;
    pieces.push(piece);
  }
  return Uint8Array.from(Buffer.concat(pieces));
}

function readerOf(number: number): Visitor {
  return { headers: readers[number % readers.length] ?? readers[0], address: "127.0.0.1" };
}
