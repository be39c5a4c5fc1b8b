/** One worker's listeners: Bun.serve on every configured address, each request through the phases. */
import type { Server } from "bun";
import { codeOf, messageOf, OperatorError } from "../base/errors.ts";
import type { ListenAddress } from "../base/network.ts";
import type { Config } from "../config/settings.ts";
import { Exchange } from "./exchange.ts";
import { runPhases } from "./phases.ts";
import { readPem } from "../config/pem.ts";
import type { EdgeState } from "./state.ts";
import type { Bridge } from "./upgrade/bridge.ts";

const unforeseen = { status: 500 } as const;

export interface Listener extends AsyncDisposable {
  /** With the real port. */
  readonly address: ListenAddress;
  /** The connections on which no request is under way, nor an answer. */
  closeIdle(): void;
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
export function listen(address: ListenAddress, config: Config, state: EdgeState): Listener {
  const options = serveOptions(config, state);
  const servers: Server<Bridge>[] = [];
  try {
    for (let queue = 0; queue < queues; queue += 1) {
      const port = servers[0]?.port ?? address.port;
      servers.push(Bun.serve({ ...options, hostname: address.hostname, port }));
    }
    return {
      address: { hostname: address.hostname, port: servers[0]?.port ?? address.port },
      closeIdle: () => servers.forEach((server) => server.closeIdleConnections()),
      [Symbol.asyncDispose]: () => drain(servers, state),
    };
  } catch (thrown) {
    void drain(servers, state);
    throw explained(address, thrown);
  }
}

function serveOptions({ edge }: Config, state: EdgeState) {
  const laneBodyBytesMax = [...state.lanes.values()].map(({ options }) => options.limits.bodyBytesMax);
  const tls = edge.tls === "files" ? readTlsFiles(edge.tls_certificate, edge.tls_key) : undefined;
  return {
    reusePort: true,
    development: false,
    http2: edge.http2,
    idleTimeout: edge.idle_timeout_s,
    maxRequestBodySize: Math.max(bareBodyBytesMax, ...laneBodyBytesMax),
    ...(tls === undefined ? {} : { tls }),
    error: (thrown: unknown) => failed(state, thrown),
    websocket: state.bridges.handler,
    fetch: (request: Request, self: Server<Bridge>) => {
      const exchange = new Exchange(request, self, state.monotonicMs(), state.clock.nowMs());
      const response = runPhases(exchange, state);
      return response instanceof Promise ? response.then(() => answerOf(exchange)) : response;
    },
  };
}

/** Undefined where the connection is a WebSocket now: that was its answer. */
function answerOf({ isUpgraded, response }: Exchange): Response | undefined {
  return isUpgraded ? undefined : response;
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

/** What is under way is finished, nothing new is taken. */
async function drain(servers: readonly Server<Bridge>[], { bridges }: EdgeState): Promise<void> {
  bridges.endAll();
  await Promise.all(servers.map((server) => server.stop()));
}

function failed(state: EdgeState, thrown: unknown): Response {
  state.log.error("a request failed", { reason: messageOf(thrown) });
  const { body, init } = state.errors.plain(unforeseen, state.languages.preferred);
  return new Response(body, init);
}

function readTlsFiles(certificate: string, key: string): { cert: string; key: string } {
  return { cert: readPem("edge.tls_certificate", certificate), key: readPem("edge.tls_key", key) };
}
