/** One worker's listeners: Bun.serve on every configured address, each request through the phases. */
import type { Server } from "bun";
import { codeOf, messageOf, OperatorError } from "../base/errors.ts";
import type { ListenAddress } from "../base/network.ts";
import type { Config } from "../config/settings.ts";
import { Exchange } from "./exchange.ts";
import { runPhases } from "./phases.ts";
import { hsts } from "./security-headers.ts";
import { type EdgeState, inClear } from "./state.ts";
import { type Certificate, tlsOptions } from "./tls/certificate.ts";
import type { Bridge } from "./upgrade/bridge.ts";

const unforeseen = { status: 500 } as const;

export interface Listener extends AsyncDisposable {
  /** With the real port. */
  readonly address: ListenAddress;
  /** The connections on which no request is under way, nor an answer. */
  closeIdle(): void;
  /**
   * Whoever connects from now on is shown this one; what is under way is finished under the old one. Throws where Bun can't use it: then nothing
   * has changed.
   */
  renew(certificate: Certificate): void;
}

/** Where readers come in. */
export interface Door {
  readonly address: ListenAddress;
  /** Undefined: in clear. */
  readonly certificate: Certificate | undefined;
  /** Of the edge's own door for TLS: whoever comes in clear is led there. */
  readonly httpsPort?: number;
}

/**
 * Bun refuses longer bodies by itself, with a bare 413 (where a lane takes longer ones, from there on); what is beyond
 * `edge.body_bytes_max` but not this gets a page that says why.
 */
const bareBodyBytesMax = 16 * 1024 * 1024;

/**
 * Each keeps so many connections waiting until a worker has the time to accept them: Bun's 512. A flood that opens thousands at once fills one,
 * and then the system drops every other one's first packet, readers' too, who try again after a whole second.
 */
const queues = 8;

/** Throws OperatorError where the address is taken or not ours to listen on, or the certificate is none. */
export function listen(door: Door, config: Config, state: EdgeState): Listener {
  const { address } = door;
  let servers = open(door, config, state);
  const real = { hostname: address.hostname, port: servers[0]?.port ?? address.port };
  /** Servers that take nobody any more. */
  const leaving = new Set<Promise<void>>();
  const leave = (): void => {
    const left = Promise.all(servers.map((server) => server.stop())).then(() => void leaving.delete(left));
    leaving.add(left);
  };
  return {
    address: real,
    closeIdle: () => servers.forEach((server) => server.closeIdleConnections()),
    renew: (certificate) => {
      const renewed = open({ address: real, certificate }, config, state);
      leave();
      servers = renewed;
    },
    // What is under way is finished, nothing new is taken.
    [Symbol.asyncDispose]: async () => {
      state.bridges.endAll();
      leave();
      await Promise.all(leaving);
    },
  };
}

type EdgeServer = Server<Bridge>;

function open({ address, certificate, httpsPort }: Door, config: Config, state: EdgeState): EdgeServer[] {
  const options = serveOptions(config, httpsPort === undefined ? state : inClear(state, httpsPort));
  const tls = certificate === undefined ? {} : { tls: tlsOptions(certificate) };
  const servers: EdgeServer[] = [];
  try {
    for (let queue = 0; queue < queues; queue += 1) {
      const port = servers[0]?.port ?? address.port;
      servers.push(Bun.serve({ ...options, ...tls, hostname: address.hostname, port }));
    }
    return servers;
  } catch (thrown) {
    for (const server of servers) void server.stop();
    throw explained(address, thrown);
  }
}

function serveOptions({ edge }: Config, state: EdgeState) {
  const laneBodyBytesMax = [...state.lanes.values()].map(({ options }) => options.limits.bodyBytesMax);
  return {
    reusePort: true,
    development: false,
    http2: edge.http2,
    idleTimeout: edge.idle_timeout_s,
    maxRequestBodySize: Math.max(bareBodyBytesMax, ...laneBodyBytesMax),
    error: (thrown: unknown) => failed(state, thrown),
    websocket: state.bridges.handler,
    fetch: (request: Request, self: EdgeServer) => {
      const exchange = new Exchange(request, self, state.monotonicMs(), state.clock.nowMs());
      const response = runPhases(exchange, state);
      if (response instanceof Promise) return response.then(() => answerOf(exchange, state));
      return state.httpsPort === undefined ? response : withoutHsts(response);
    },
  };
}

/** Undefined where the connection is a WebSocket now: that was its answer. */
function answerOf({ isUpgraded, response }: Exchange, { httpsPort }: EdgeState): Response | undefined {
  if (isUpgraded || response === undefined) return undefined;
  return httpsPort === undefined ? response : withoutHsts(response);
}

/** What is kept ready for TLS promises it; in clear nobody may (RFC 6797, section 7.2). */
function withoutHsts(response: Response): Response {
  for (const name of Object.keys(hsts)) response.headers.delete(name);
  return response;
}

/**
 * Throws OperatorError where somebody listens there already. Workers share their port, and the system would let another
 * Kasbah of the same user share it too: each would get a part of the readers.
 */
export function requireFree(address: ListenAddress): void {
  try {
    Bun.listen({ ...address, socket: { data() {} } }).stop(true);
  } catch (thrown) {
    throw explained(address, thrown);
  }
}

function explained({ hostname, port }: ListenAddress, thrown: unknown): OperatorError {
  const name = `edge.listen: ${hostname}:${port}`;
  const say = (what: string, hint: string): OperatorError => new OperatorError(what, { hint, cause: thrown });
  switch (codeOf(thrown)) {
    case "EADDRINUSE":
      return say(`${name} is in use`, "stop what listens there, or choose another port");
    case "EACCES":
      return say(
        `${name} is not allowed`,
        "choose a port from 1024 on, or give the process the right to this one",
      );
    case "EADDRNOTAVAIL":
      return say(`${name} is no address of this machine`, "choose an address that it has");
    default:
      return say(
        `the edge can't listen: ${messageOf(thrown)}`,
        "check edge.listen, and that edge.tls_certificate and edge.tls_key are PEM files that belong together",
      );
  }
}

function failed(state: EdgeState, thrown: unknown): Response {
  state.log.error("a request failed", { reason: messageOf(thrown) });
  const { body, init } = state.errors.plain(unforeseen, state.languages.preferred);
  return new Response(body, init);
}
