/** Caches before the same origin, each with one worker on one processor, as their documentation recommends: nginx, Varnish, the edge. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "./site.ts";
import { answers, type Peer, pinned, nginxPath, startEdgeProcess } from "./peers.ts";

export const varnishPath = "/usr/sbin/varnishd";

export interface CachePlace {
  readonly folder: string;
  readonly port: number;
  readonly processor: number;
  /** Port of the origin on 127.0.0.1. */
  readonly origin: number;
  /** Readers come over TLS; undefined: in clear. */
  readonly tls?: Certificate | undefined;
}

export interface Cache extends Peer {
  readonly name: string;
}

/** Cached in files that the system has in memory; equal misses wait for the first (`proxy_cache_lock`). */
export async function nginxCache({ folder, port, processor, origin, tls }: CachePlace): Promise<Cache> {
  const own = folderFor(folder, `nginx-cache-${port}`);
  const secured =
    tls === undefined ? "" : `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};`;
  writeFileSync(
    join(own, "nginx.conf"),
    `worker_processes 1; daemon off; pid ${own}/nginx.pid; error_log ${own}/error.log;
     events { worker_connections 20000; }
     http {
       access_log off; sendfile on; keepalive_requests 1000000000; server_tokens off;
       open_file_cache max=10000 inactive=300s; open_file_cache_valid 300s;
       client_body_temp_path ${own}/body; proxy_temp_path ${own}/proxy; fastcgi_temp_path ${own}/fastcgi;
       uwsgi_temp_path ${own}/uwsgi; scgi_temp_path ${own}/scgi;
       proxy_cache_path ${own}/cache levels=1:2 keys_zone=pages:64m max_size=1g inactive=60m use_temp_path=off;
       upstream behind { server 127.0.0.1:${origin}; keepalive 128; keepalive_requests 1000000000; }
       server {
         listen 127.0.0.1:${port} ${tls === undefined ? "" : "ssl"} backlog=4096; ${secured}
         location / {
           proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection "";
           proxy_cache pages; proxy_cache_lock on; proxy_cache_use_stale updating;
         }
       }
     }`,
  );
  const server = pinned(processor, [nginxPath, "-c", join(own, "nginx.conf"), "-p", own]);
  await answers(port);
  return {
    name: "nginx, `proxy_cache`",
    port,
    processes: () => [server.pid, ...childrenOf(server.pid)],
    [Symbol.asyncDispose]: () => end(server),
  };
}

export async function varnishCache({ folder, port, processor, origin }: CachePlace): Promise<Cache> {
  const own = folderFor(folder, "varnish");
  writeFileSync(
    join(own, "default.vcl"),
    `vcl 4.1; backend behind { .host = "127.0.0.1"; .port = "${origin}"; }`,
  );
  const server = pinned(processor, [
    varnishPath,
    "-F",
    ...named({ n: own, a: `127.0.0.1:${port}`, f: join(own, "default.vcl"), s: "malloc,1g" }),
    "-p",
    "thread_pools=1",
    "-p",
    "thread_pool_max=1000",
    "-p",
    "nuke_limit=100000",
  ]);
  await answers(port);
  return {
    name: "Varnish",
    port,
    processes: () => [server.pid, ...childrenOf(server.pid)],
    [Symbol.asyncDispose]: () => end(server),
  };
}

/** `flooded`: an operator insists on siege, as if there were a flood. */
export async function edgeCache(
  { folder, processor, origin, tls }: Omit<CachePlace, "port">,
  flooded = false,
): Promise<Cache> {
  const data = folderFor(folder, flooded ? "flooded-edge" : "edge");
  mkdirSync(join(data, "run"), { recursive: true });
  const config = {
    edge: {
      listen: ["127.0.0.1:0"],
      workers: 1,
      ...(tls && { tls: "files" as const, tls_certificate: tls.certificate, tls_key: tls.key }),
    },
    origin: { url: `http://127.0.0.1:${origin}` },
    // Who measures asks faster than anybody reads.
    decision: { prefix_rate: 1_000_000, prefix_burst: 10_000_000, allow: ["127.0.0.0/8"] },
  };
  const peer = await startEdgeProcess(processor, data, config, [], flooded ? "siege" : "calm");
  return { ...peer, name: flooded ? "Kasbah, in a flood" : "Kasbah" };
}

function folderFor(folder: string, name: string): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  return own;
}

async function end(server: Bun.Subprocess): Promise<void> {
  server.kill();
  await server.exited;
}

function childrenOf(pid: number): number[] {
  const { stdout } = Bun.spawnSync(["pgrep", "-P", String(pid)]);
  return stdout.toString().trim().split("\n").filter(Boolean).map(Number);
}

function named(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => [`-${name}`, value]);
}
