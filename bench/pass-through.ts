/**
 * In front of an existing site: pages of an nginx through the edge, beside the same nginx through nginx's own proxy_pass with kept
 * connections. `bun bench/pass-through.ts [rounds]`, a minute and a half for three. Every answer is compared byte for byte.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import type { LoadPlan, LoadResult } from "./load.ts";
import { median, processorMs } from "./machine.ts";
import { nginxPath, type Peer, pinned, startEdgeProcess, startNginx } from "./peers.ts";
import { writeSection } from "./results.ts";

const rounds = Number(process.argv[2] ?? 3);
/** The proxy's processor; origin and generator share the other one, for both peers alike. */
const processors = { proxy: 0, others: 1 } as const;
const sizes = [1_024, 12_288, 65_536] as const;
const ports = { origin: 18_941, proxy: 18_942 } as const;

interface Contender {
  readonly name: "nginx itself" | "nginx, `proxy_pass`" | "Kasbah";
  readonly peer: Peer;
}

interface Measured {
  readonly perSecond: number;
  /** Of the proxy, ms for a thousand answers. */
  readonly processor: number;
  /** One request after another on one connection, ms. */
  readonly latency: number;
}

async function run(): Promise<void> {
  if (!existsSync(nginxPath)) throw new Error(`this needs nginx at ${nginxPath} to measure beside`);
  const folder = mkdtempSync(join(tmpdir(), "kasbah-bench-"));
  try {
    const lines = await measureAll(folder);
    console.log(lines.join("\n"));
    writeSection(
      "Pass-through beside nginx",
      "bun bench/pass-through.ts",
      rfc3339(systemClock.nowMs()),
      lines,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureAll(folder: string): Promise<string[]> {
  // nginx gives up root for its worker, which then has to be let in.
  chmodSync(folder, 0o755);
  const pages = join(folder, "pages");
  mkdirSync(pages);
  mkdirSync(join(folder, "data", "run"), { recursive: true });
  for (const size of sizes) writeFileSync(fileOf(folder, size), "a".repeat(size));
  const place = { folder, pages, certificate: "", key: "" };
  const upstream = `127.0.0.1:${ports.origin}`;
  await using origin = await startNginx({ ...place, processor: processors.others }, false, ports.origin);
  await using proxy = await startNginx(
    { ...place, processor: processors.proxy, upstream },
    false,
    ports.proxy,
  );
  await using edge = await startEdgeProcess(processors.proxy, join(folder, "data"), {
    edge: { listen: ["127.0.0.1:0"], workers: 1 },
    origin: { url: `http://${upstream}` },
    decision: { prefix_rate: 1_000_000, prefix_burst: 10_000_000 },
  });
  const contenders: readonly Contender[] = [
    { name: "nginx itself", peer: origin },
    { name: "nginx, `proxy_pass`", peer: proxy },
    { name: "Kasbah", peer: edge },
  ];
  // Compilers need some ten thousand requests: the first size measured would pay for all.
  for (const { peer } of contenders) for (const size of sizes) await load(folder, size, peer.port, 32);
  const rows: string[] = [];
  for (const size of sizes) rows.push(...(await measureSize(folder, size, contenders)));
  return [
    `Through one proxy on one processor; origin and generator on the other. 32 kept connections; latency: one connection, one request at a time. All have answered for some seconds before. Median of ${rounds} rounds.`,
    "",
    "| | a second | | processor ms / 1,000 | latency ms | over direct |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows,
  ];
}

async function measureSize(
  folder: string,
  size: number,
  contenders: readonly Contender[],
): Promise<string[]> {
  const measured = contenders.map(() => [] as Measured[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { peer }] of contenders.entries()) measured[at]?.push(await measure(folder, size, peer));
  }
  const of = (at: number, what: keyof Measured): number =>
    median((measured[at] ?? []).map((one) => one[what]));
  return contenders.map(({ name }, at) => {
    const share = at < 2 ? "" : `${(of(at, "perSecond") / of(1, "perSecond")).toFixed(2)} ×`;
    const added = at === 0 ? "" : `+ ${(of(at, "latency") - of(0, "latency")).toFixed(3)}`;
    const cells = [
      `${name}, ${size.toLocaleString("en")} bytes`,
      Math.round(of(at, "perSecond")).toLocaleString("en"),
      share,
      at === 0 ? "" : of(at, "processor").toFixed(1),
      of(at, "latency").toFixed(3),
      added,
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

async function measure(folder: string, size: number, peer: Peer): Promise<Measured> {
  const before = processorMs(peer.processes());
  const many = await load(folder, size, peer.port, 32);
  const processor = (processorMs(peer.processes()) - before) / (many.all / 1_000);
  const one = await load(folder, size, peer.port, 1);
  return { perSecond: many.perSecond, processor, latency: one.medianMs };
}

async function load(folder: string, size: number, port: number, connections: number): Promise<LoadResult> {
  const plan: LoadPlan = {
    port,
    tls: false,
    host: "localhost",
    paths: [`/${size}.html`],
    expectedFile: fileOf(folder, size),
    status: 200,
    connections,
    warmUpMs: 1_500,
    measureMs: 1_200,
  };
  const command = [process.execPath, `${import.meta.dir}/load.ts`, JSON.stringify(plan)];
  const generator = pinned(processors.others, command);
  const result: LoadResult = JSON.parse(await new Response(generator.stdout).text());
  if (result.wrong > 0) throw new Error(`port ${port}: ${result.wrong} answers were wrong`);
  return result;
}

function fileOf(folder: string, size: number): string {
  return join(folder, "pages", `${size}.html`);
}

await run();
