/** Answers Prometheus, and nobody else: `GET /metrics`, on the address of `metrics.listen`. */
import type { Registry } from "prom-client";
import { codeOf, OperatorError } from "../base/errors.ts";
import { listenAddress } from "../base/network.ts";

export interface MetricsServer extends AsyncDisposable {
  /** `http://127.0.0.1:9180/metrics`, with the real port. */
  readonly url: string;
}

/** `refresh` is called before each answer. Throws OperatorError where the address can't be had. */
export function serveMetrics(listen: string, registry: Registry, refresh: () => void): MetricsServer {
  const server = listenAt(listen, async (request) => {
    if (new URL(request.url).pathname !== "/metrics")
      return new Response("only /metrics is here\n", { status: 404 });
    if (request.method !== "GET")
      return new Response("only GET\n", { status: 405, headers: { allow: "GET" } });
    refresh();
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  });
  return {
    url: new URL("/metrics", server.url).href,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

function listenAt(listen: string, fetch: (request: Request) => Promise<Response>) {
  try {
    return Bun.serve({ ...listenAddress(listen), fetch });
  } catch (thrown) {
    const taken = codeOf(thrown) === "EADDRINUSE";
    throw new OperatorError(`can't listen on ${listen} for metrics${taken ? ": somebody else does" : ""}`, {
      hint: "set metrics.listen to a free address, or stop what uses it",
      cause: thrown,
    });
  }
}
