/**
 * What handshakes of TLS cost the edge, and what readers get while thousands of addresses have them begun and ask for nothing: with and without
 * what the kernel does for it, with a key of each kind. `bun bench/handshakes.ts [seconds] [connections/s]`. Loopback only; as root, for the
 * kernel's sets. Flood and readers are processes of their own; half of the readers come after onset.
 */
import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { clientHello } from "../attacks/client-hello.ts";
import { drill, type DrillReport } from "../attacks/drill.ts";
import { drawPlan } from "../attacks/plan.ts";
import { handshakeFlood } from "../attacks/profiles/handshake-flood.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { tlsOptions } from "../src/edge/tls/certificate.ts";
import { certificate, type CertificateFiles } from "../test/certificate.ts";
import { machineName, processorMs } from "./machine.ts";
import { startFreeEdge } from "./peers.ts";
import { writeSection } from "./results.ts";
import { createSite } from "./site.ts";

const seconds = Number(process.argv[2] ?? 20);
const perS = Number(process.argv[3] ?? 6_000);
const sources = 3_000;
const seed = 20110731;
const atOnce = 50;

type Key = "ec" | "rsa";
const keyNames = { ec: "ECDSA P-256", rsa: "RSA 2048" } as const satisfies Record<Key, string>;

/** In a process of its own, whose processor time is what is measured. */
function serve(cert: string, key: string): void {
  const tls = tlsOptions({ cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") });
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls, fetch: () => new Response("x") });
  process.send?.(server.port);
}

async function run(): Promise<void> {
  console.log(machineName());
  const lines = [
    "| one connection of the edge's | processor time, ECDSA P-256 | RSA 2048 |",
    "|---|--:|--:|",
    ...(await costs()),
    "",
    `${sources} loopback sources open ${perS.toLocaleString("en")} connections a second for ${seconds} s and ask for nothing; 60 readers, half of them after onset. Onset: the first 3 s. p99 in ms, of reads that were right.`,
    "",
    "| | calm p99 | onset right | onset p99 | after right | after p99 | handshakes made/s | edge's processor time |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...(await floods()),
  ];
  console.log(lines.join("\n"));
  writeSection("A flood of handshakes", "bun bench/handshakes.ts", rfc3339(systemClock.nowMs()), lines);
}

type Attempt = (port: number, hello: Buffer) => Promise<void>;

const attempts: readonly (readonly [name: string, times: number, attempt: Attempt])[] = [
  ["a whole handshake", 1_000, (port) => wholeHandshake(port)],
  ["hello, the edge's part of it, gone", 3_000, (port, hello) => says(port, hello)],
  ["something that is no handshake", 3_000, (port) => says(port, Buffer.from("GET / HTTP/1.1\r\n\r\n"))],
];

async function costs(): Promise<string[]> {
  const columns: string[][] = [];
  for (const key of ["ec", "rsa"] as const) {
    using files = certificate({ key });
    columns.push(await costsOf(files));
  }
  return attempts.map(([name], at) => `| ${name} | ${columns.map((column) => column[at]).join(" | ")} |`);
}

async function costsOf({ tls_certificate, tls_key }: CertificateFiles): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = Bun.spawn([process.execPath, import.meta.path, "serve", tls_certificate, tls_key], {
    ipc: (port) => resolve(Number(port)),
  });
  const [port, hello] = [await promise, await clientHello("localhost")];
  const each: string[] = [];
  for (const [, times, attempt] of attempts) {
    await together(100, () => attempt(port, hello));
    const before = processorMs([child.pid]);
    await together(times, () => attempt(port, hello));
    each.push(`${((processorMs([child.pid]) - before) / times).toFixed(3)} ms`);
  }
  child.kill();
  return each;
}

async function together(times: number, attempt: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await attempt();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function wholeHandshake(port: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const client = connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => client.destroy());
  client.on("close", () => resolve()).on("error", () => {});
  return promise;
}

/** Until there is an answer of any kind, or an end. */
function says(port: number, bytes: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = {
    open: (opened: Bun.Socket) => void opened.write(bytes),
    data: (opened: Bun.Socket) => opened.terminate(),
    close: () => resolve(),
    connectError: () => resolve(),
  };
  Bun.connect({ hostname: "127.0.0.1", port, socket }).catch(() => {});
  return promise;
}

async function floods(): Promise<string[]> {
  using site = await createSite();
  const rows: string[] = [];
  for (const key of ["ec", "rsa"] as const) {
    using files = certificate({ key });
    for (const nftables of ["off", "auto"] as const) {
      const { report, usedMs } = await flooded(site.data, files, nftables);
      rows.push(
        row(`${keyNames[key]}, ${nftables === "off" ? "without the kernel" : "with it"}`, report, usedMs),
      );
      console.log(rows.at(-1));
    }
  }
  return rows;
}

async function flooded(
  data: string,
  { tls_certificate, tls_key }: CertificateFiles,
  nftables: "auto" | "off",
): Promise<{ report: DrillReport; usedMs: number }> {
  const edge = { listen: ["127.0.0.1:0"], tls: "files", tls_certificate, tls_key } as const;
  await using peer = await startFreeEdge(data, { edge, kernel: { nftables } });
  const plan = drawPlan(handshakeFlood, { seed, sources, seconds, rate: perS, known: [] });
  let beforeMs = 0;
  const report = await drill({
    plan,
    target: { address: "127.0.0.1", port: peer.port, tls: true, host: "localhost" },
    calmMs: 5_000,
    begins: () => (beforeMs = processorMs(peer.processes())),
    signal: AbortSignal.timeout((seconds + 60) * 1_000),
    progress: () => {},
  });
  return { report, usedMs: processorMs(peer.processes()) - beforeMs };
}

function row(name: string, { readers, flood }: DrillReport, usedMs: number): string {
  const share = ({ right, reads }: { right: number; reads: number }): string =>
    `${((100 * right) / reads).toFixed(2)} %`;
  const cells = [
    name,
    readers.calm.p99_ms.toFixed(1),
    share(readers.onset),
    readers.onset.p99_ms.toFixed(1),
    share(readers.after),
    readers.after.p99_ms.toFixed(1),
    Math.round(flood.greeted / flood.seconds).toLocaleString("en"),
    `${Math.round((100 * usedMs) / (flood.seconds * 1_000))} % of one`,
  ];
  return `| ${cells.join(" | ")} |`;
}

if (process.argv[2] === "serve") serve(process.argv[3] ?? "", process.argv[4] ?? "");
else await run();
