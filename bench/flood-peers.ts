/**
 * What others put before a site when it is flooded, as their documentation recommends it: a limit for each address. HAProxy and Varnish
 * keep no files, so that both cache what an nginx beside them has. Every one may use all processors, as the edge may.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answers, nginxPath } from "./peers.ts";
import type { BenchSite } from "./site.ts";

const ports = { files: 18_940, nginx: 18_941, haproxy: 18_942, varnish: 18_943 } as const;
/** Far above what one reader asks for, far below what a flood's source could. Requests a second and address. */
const perAddress = { rate: 20, burst: 40 } as const;

export const haproxyPath = "/usr/sbin/haproxy";
export const varnishPath = "/usr/sbin/varnishd";

export interface FloodedServer extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
}

export async function nginxLimited(site: BenchSite, tls: boolean): Promise<FloodedServer> {
  const limits = `limit_req_zone $binary_remote_addr zone=each:64m rate=${perAddress.rate}r/s; limit_req_status 429;`;
  const limited = `limit_req zone=each burst=${perAddress.burst} nodelay;`;
  return await nginx("nginx, `limit_req`", ports.nginx, site, { limits, limited, tls });
}

/** Stick table of requests over ten seconds, a cache before nginx. */
export async function haproxyLimited(site: BenchSite, tls: boolean): Promise<FloodedServer> {
  const files = await nginx("files", ports.files, site, { limits: "", limited: "", tls: false });
  const folder = folderFor(site, "haproxy");
  const bind = tls ? `127.0.0.1:${ports.haproxy} ssl crt ${pem(site, folder)}` : `127.0.0.1:${ports.haproxy}`;
  writeFileSync(
    join(folder, "haproxy.cfg"),
    `global
  maxconn 9500
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
cache pages
  total-max-size 64
  max-object-size 100000
  max-age 600
frontend web
  bind ${bind}
  stick-table type ip size 1m expire 60s store http_req_rate(10s)
  http-request track-sc0 src
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt ${perAddress.rate * 10} }
  default_backend files
backend files
  http-request cache-use pages
  http-response cache-store pages
  server nginx 127.0.0.1:${ports.files}
`,
  );
  const server = Bun.spawn([haproxyPath, "-db", "-f", join(folder, "haproxy.cfg")], quiet);
  await answers(ports.haproxy);
  return { name: "HAProxy, stick table", port: ports.haproxy, [Symbol.asyncDispose]: endAll(server, files) };
}

/** vsthrottle in vcl_recv; Varnish speaks no TLS by itself. */
export async function varnishLimited(site: BenchSite): Promise<FloodedServer> {
  const files = await nginx("files", ports.files, site, { limits: "", limited: "", tls: false });
  const folder = folderFor(site, "varnish");
  writeFileSync(
    join(folder, "default.vcl"),
    `vcl 4.1;
import vsthrottle;
backend files { .host = "127.0.0.1"; .port = "${ports.files}"; }
sub vcl_recv {
  if (vsthrottle.is_denied("" + client.ip, ${perAddress.rate * 10}, 10s, 30s)) { return (synth(429, "Too Many Requests")); }
}
sub vcl_backend_response { set beresp.ttl = 600s; }
`,
  );
  const server = Bun.spawn(
    [
      varnishPath,
      "-F",
      "-n",
      folder,
      "-a",
      `127.0.0.1:${ports.varnish}`,
      "-f",
      join(folder, "default.vcl"),
      "-s",
      "malloc,256m",
      "-p",
      "thread_pool_max=2000",
    ],
    quiet,
  );
  await answers(ports.varnish);
  return { name: "Varnish, vsthrottle", port: ports.varnish, [Symbol.asyncDispose]: endAll(server, files) };
}

const quiet = { stdin: "ignore", stdout: "ignore", stderr: "ignore" } as const;

interface NginxOptions {
  readonly limits: string;
  readonly limited: string;
  readonly tls: boolean;
}

async function nginx(
  name: string,
  port: number,
  site: BenchSite,
  { limits, limited, tls }: NginxOptions,
): Promise<FloodedServer> {
  const folder = folderFor(site, `nginx-${port}`);
  const listen = tls
    ? `listen 127.0.0.1:${port} ssl backlog=4096; ssl_certificate ${site.certificate}; ssl_certificate_key ${site.key};`
    : `listen 127.0.0.1:${port} backlog=4096;`;
  writeFileSync(
    join(folder, "nginx.conf"),
    `worker_processes auto; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit;
     worker_rlimit_nofile 20000;
     events { worker_connections 15000; }
     http {
       access_log off; sendfile on; tcp_nopush on; server_tokens off; ${limits}
       open_file_cache max=10000 inactive=300s; open_file_cache_valid 300s; default_type "text/html; charset=utf-8";
       client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
       uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
       server { ${listen} root ${site.pages}; ${limited} }
     }`,
  );
  const server = Bun.spawn([nginxPath, "-c", join(folder, "nginx.conf"), "-p", folder], quiet);
  await answers(port);
  return { name, port, [Symbol.asyncDispose]: endAll(server) };
}

function folderFor({ folder }: BenchSite, name: string): string {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  return own;
}

/** HAProxy wants both in one file. */
function pem({ certificate, key }: BenchSite, folder: string): string {
  const both = join(folder, "both.pem");
  writeFileSync(both, Bun.spawnSync(["cat", certificate, key]).stdout);
  return both;
}

function endAll(server: Bun.Subprocess, files?: AsyncDisposable): () => Promise<void> {
  return async () => {
    server.kill();
    await server.exited;
    await files?.[Symbol.asyncDispose]();
  };
}
