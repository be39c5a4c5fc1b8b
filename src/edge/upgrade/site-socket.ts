/** The WebSocket to the protected site, asked for as its client asked: with its cookies, its origin and its protocols, and from whom it comes. */
import { Buffer } from "node:buffer";
import type { Lane } from "../lane/lane.ts";
import { stamped } from "../lane/stamp.ts";

/** Bun's, of which lib.dom declares a part. */
export interface SiteSocket extends WebSocket {
  /** Nothing more comes until `resume`. */
  pause(): void;
  resume(): void;
  terminate(): void;
}

interface SocketOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
  readonly tls?: Bun.TLSOptions;
}

const BunWebSocket = WebSocket as unknown as new (url: string, options: SocketOptions) => SiteSocket;

export interface SiteSocketOptions {
  readonly lane: Lane;
  /** Path and query. */
  readonly target: string;
  /** Of the request, as request-head.ts writes it. */
  readonly head: Uint8Array;
  readonly protocols: readonly string[];
}

/** Bun's own to say: it is another connection, with a key and extensions of its own. */
const ownFields = /^(sec-websocket-.*|connection|upgrade|content-length)$/;

/** Not open yet. */
export function siteSocket({ lane, target, head, protocols }: SiteSocketOptions): SiteSocket {
  const { address, tls, stamp } = lane.options;
  const scheme = address.tls ? "wss" : "ws";
  const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
  const said = stamp === undefined ? head : stamped(head, stamp);
  return new BunWebSocket(`${scheme}://${host}:${address.port}${target}`, {
    headers: fieldsOf(said),
    protocols,
    ...(tls === undefined
      ? {}
      : { tls: { serverName: tls.name, ...(tls.ca === undefined ? {} : { ca: tls.ca }), ...tls.own } }),
  });
}

function fieldsOf(head: Uint8Array): Record<string, string> {
  const [, ...lines] = Buffer.from(head).toString("latin1").trimEnd().split("\r\n");
  const fields = lines.map(
    (line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)] as const,
  );
  return Object.fromEntries(fields.filter(([name]) => !ownFields.test(name)));
}

/** False where the site takes none, or not in time. */
export function isOpened(socket: WebSocket, { options: { limits } }: Lane): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), limits.connectMs + limits.answerMs);
  for (const [event, isOpen] of [
    ["open", true],
    ["error", false],
    ["close", false],
  ] as const) {
    socket.addEventListener(event, () => resolve(isOpen), { once: true });
  }
  return promise.finally(() => clearTimeout(timer));
}
