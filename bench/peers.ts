/** Server processes that are measured, each pinned to a processor: nginx and the edge on the same pages and certificate. */
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { EdgeOptions } from "./edge-process.ts";
import type { Overrides } from "../test/edge/config.ts";

export const nginxPath = "/usr/sbin/nginx";

export interface Peer extends AsyncDisposable {
  readonly port: number;
  /** The processes whose time counts as the server's. */
  readonly processes: () => readonly number[];
}

export interface Place {
  /** A folder for what the server writes. */
  readonly folder: string;
  /** With pages by their addresses; for nginx. */
  readonly pages: string;
  readonly certificate: string;
  readonly key: string;
  readonly processor: number;
  /** For nginx as a proxy: where what it does not have comes from, over kept connections. */
  readonly upstream?: string;
  /** For how long its answers may be kept, s. */
  readonly cacheS?: number;
}

/** One worker, sendfile, open files cached: as its documentation recommends for small static files. */
export async function startNginx(place: Place, tls: boolean, port: number): Promise<Peer> {
  const folder = join(place.folder, `nginx-${port}`);
  mkdirSync(folder, { recursive: true });
  const listen = tls
    ? `listen 127.0.0.1:${port} ssl http2; ssl_certificate ${place.certificate}; ssl_certificate_key ${place.key};`
    : `listen 127.0.0.1:${port};`;
  const { upstream } = place;
  const behind =
    upstream === undefined
      ? ""
      : `upstream behind { server ${upstream}; keepalive 128; keepalive_requests 1000000000; }`;
  const kept = place.cacheS === undefined ? "" : `add_header Cache-Control "max-age=${place.cacheS}";`;
  const passing =
    upstream === undefined
      ? ""
      : `location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }`;
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     events { worker_connections 20000; }
     http {
       access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; server_tokens off;
       limit_req_zone $binary_remote_addr zone=each:1m rate=1r/s; limit_req_status 429; limit_req_log_level info;
       open_file_cache max=10000 inactive=300s; open_file_cache_valid 300s; default_type "text/html; charset=utf-8";
       client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
       uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
       ${behind}
       server { ${listen} root ${place.pages}; ${kept} location = /denied { deny all; } location = /limited { limit_req zone=each; try_files /index.html =404; } ${passing} }
     }`,
  );
  const server = pinned(place.processor, [nginxPath, "-c", join(folder, "nginx.conf"), "-p", folder]);
  await answers(port);
  return {
    port,
    processes: () => [server.pid, ...childrenOf(server.pid)],
    [Symbol.asyncDispose]: () => end(server),
  };
}

/** Of those that are measured one against the other: an operator of it insists on calm, or on what `mode` says (edge-process.ts). */
export async function startEdgeProcess(
  processor: number,
  data: string,
  config: Overrides,
  bans: readonly string[] = [],
  mode: "calm" | "siege" = "calm",
): Promise<Peer> {
  const server = pinned(processor, edgeCommand({ data, config, bans, mode }));
  const port = Number(new URL(await firstLine(server)).port);
  return { port, processes: () => [server.pid], [Symbol.asyncDispose]: () => end(server) };
}

/** On whatever processors there are; its kernel's bans and its rules as `config` says. */
export async function startFreeEdge(data: string, config: Overrides): Promise<Peer> {
  const server = Bun.spawn(edgeCommand({ data, config, bans: [], mode: "auto" }), {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const port = Number(new URL(await firstLine(server)).port);
  return { port, processes: () => [server.pid], [Symbol.asyncDispose]: () => end(server) };
}

function edgeCommand(options: EdgeOptions): string[] {
  return [process.execPath, join(import.meta.dir, "edge-process.ts"), JSON.stringify(options)];
}

type Server = Bun.Subprocess<"ignore", "pipe", "inherit">;

export function pinned(processor: number, command: readonly string[]): Server {
  return Bun.spawn(["taskset", "-c", String(processor), ...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
}

async function end(server: Server): Promise<void> {
  server.kill();
  await server.exited;
}

async function firstLine(server: Server): Promise<string> {
  let text = "";
  for await (const chunk of server.stdout) {
    text += new TextDecoder().decode(chunk);
    if (text.includes("\n")) return text.trim();
  }
  throw new Error("the edge ended before it served");
}

function childrenOf(pid: number): number[] {
  const { stdout } = Bun.spawnSync(["cat", `/proc/${pid}/task/${pid}/children`]);
  return stdout.toString().trim().split(" ").filter(Boolean).map(Number);
}

/** Until something listens there; at most five seconds. */
export async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt += 1) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    const is = await promise;
    socket.destroy();
    if (is) return;
    await Bun.sleep(20);
  }
  throw new Error(`nothing listens on port ${port}`);
}
