/**
 * The origin's answers kept: beside nginx's `proxy_cache` and Varnish before the same origin, and over TLS, which Varnish leaves to others, beside
 * nginx. `bun bench/cache.ts [rounds] [--write]`, about three minutes for three. Hits, what a miss adds, what a change costs, how often the origin is asked for one page by many at once, and for one with a parameter that is
 * another each time. Every answer is compared byte for byte.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { type Cache, edgeCache, nginxCache, varnishCache, varnishPath } from "./cache-peers.ts";
import { measureForgetting } from "./forgetting.ts";
import type { LoadPlan, LoadResult } from "./load.ts";
import { median, processorMs } from "./machine.ts";
import { nginxPath, type Peer, pinned, startNginx } from "./peers.ts";
import { writeSection } from "./results.ts";
import { type Certificate, createCertificate } from "./site.ts";

const rounds = process.argv.slice(2).map(Number).find(Number.isInteger) ?? 3;
/** The caches' processor; origins and generator share the other one. */
const processors = { cache: 0, others: 1 } as const;
const ports = {
  files: 18_951,
  counted: 18_952,
  nginx: 18_953,
  varnish: 18_954,
  nginx2: 18_955,
  varnish2: 18_956,
} as const;
const sizes = [1_024, 12_288, 65_536] as const;
const countedBytes = 12_288;
/** Readers at once of one page; different parameters. */
const [crowd, parameters] = [300, 1_000] as const;

interface Measured {
  readonly perSecond: number;
  /** Of the cache, ms for a thousand answers. */
  readonly processor: number;
  /** One request after another, each for what is not there, ms. */
  readonly missMs: number;
}

async function run(): Promise<void> {
  for (const path of [nginxPath, varnishPath]) {
    if (!existsSync(path)) throw new Error(`this needs ${path} to measure beside`);
  }
  const folder = mkdtempSync(join(tmpdir(), "kasbah-bench-"));
  try {
    const lines = [
      ...(await measureHits(folder, undefined)),
      "",
      ...(await measureHits(folder, createCertificate(folder))),
      "",
      ...(await measureStorms(folder)),
      "",
      ...measureForgetting(),
    ];
    console.log(lines.join("\n"));
    if (process.argv.includes("--write")) {
      const at = rfc3339(systemClock.nowMs());
      writeSection("Cached pages beside nginx and Varnish", "bun bench/cache.ts --write", at, lines);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `tls`: what readers are shown; undefined: they come in clear. The origin is asked in clear both times. */
async function measureHits(folder: string, tls: Certificate | undefined): Promise<string[]> {
  // nginx and Varnish give up root for their workers, which then have to be let in.
  chmodSync(folder, 0o755);
  const pages = join(folder, "pages");
  mkdirSync(pages, { recursive: true });
  for (const size of sizes) writeFileSync(fileOf(folder, size), "a".repeat(size));
  const files = { folder, pages, certificate: "", key: "", processor: processors.others, cacheS: 3_600 };
  await using origin = await startNginx(files, false, ports.files);
  const own = join(folder, tls === undefined ? "in-clear" : "over-tls");
  mkdirSync(own);
  const place = { folder: own, processor: processors.cache, origin: ports.files, tls };
  await using nginx = await nginxCache({ ...place, port: ports.nginx });
  await using varnish = tls === undefined ? await varnishCache({ ...place, port: ports.varnish }) : undefined;
  await using edge = await edgeCache(place);
  const caches = [nginx, varnish, edge].filter((cache) => cache !== undefined);
  const secured = tls !== undefined;
  for (const { port } of caches)
    for (const size of sizes) await load(folder, size, { port, tls: secured, connections: 32 });
  const rows: string[] = [];
  for (const size of sizes) rows.push(...(await measureSize(folder, size, { caches, origin, tls: secured })));
  return [
    `${secured ? "Readers over TLS" : "Readers in clear"}. One worker on one processor; origin (nginx) and generator on the other. Hits: 32 kept connections. Misses: one connection, one request at a time, each with a parameter of its own. Median of ${rounds} rounds.`,
    "",
    "| | hits a second | | processor ms / 1,000 | a miss, ms | over direct |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows,
  ];
}

async function measureSize(
  folder: string,
  size: number,
  {
    caches,
    origin,
    tls,
  }: { readonly caches: readonly Cache[]; readonly origin: Peer; readonly tls: boolean },
): Promise<string[]> {
  const measured = caches.map(() => [] as Measured[]);
  const direct: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, cache] of caches.entries()) measured[at]?.push(await measure(folder, size, cache, tls));
    direct.push(
      (await load(folder, size, { port: origin.port, tls: false, connections: 1, isUnique: true })).medianMs,
    );
  }
  const of = (at: number, what: keyof Measured): number =>
    median((measured[at] ?? []).map((one) => one[what]));
  return caches.map(({ name }, at) => {
    const cells = [
      `${name}, ${size.toLocaleString("en")} bytes`,
      Math.round(of(at, "perSecond")).toLocaleString("en"),
      at === 0 ? "" : `${(of(at, "perSecond") / of(0, "perSecond")).toFixed(2)} ×`,
      of(at, "processor").toFixed(1),
      of(at, "missMs").toFixed(3),
      `+ ${(of(at, "missMs") - median(direct)).toFixed(3)}`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
}

async function measure(folder: string, size: number, cache: Cache, tls: boolean): Promise<Measured> {
  const { port } = cache;
  const before = processorMs(cache.processes());
  const hits = await load(folder, size, { port, tls, connections: 32 });
  const processor = (processorMs(cache.processes()) - before) / (hits.all / 1_000);
  const misses = await load(folder, size, { port, tls, connections: 1, isUnique: true });
  return { perSecond: hits.perSecond, processor, missMs: misses.medianMs };
}

async function load(
  folder: string,
  size: number,
  how: Pick<LoadPlan, "port" | "tls" | "connections" | "isUnique">,
): Promise<LoadResult> {
  const plan: LoadPlan = {
    ...how,
    host: "localhost",
    paths: [`/${size}.html`],
    expectedFile: fileOf(folder, size),
    status: 200,
    warmUpMs: 1_000,
    measureMs: 1_200,
  };
  const command = [process.execPath, `${import.meta.dir}/load.ts`, JSON.stringify(plan)];
  const generator = pinned(processors.others, command);
  const result: LoadResult = JSON.parse(await new Response(generator.stdout).text());
  if (result.wrong > 0) throw new Error(`port ${how.port}: ${result.wrong} answers were wrong`);
  return result;
}

async function measureStorms(folder: string): Promise<string[]> {
  const command = [process.execPath, `${import.meta.dir}/counted-origin.ts`, String(ports.counted)];
  const origin = pinned(processors.others, command);
  try {
    await origin.stdout.getReader().read();
    const place = { folder: join(folder, "storms"), processor: processors.cache, origin: ports.counted };
    mkdirSync(place.folder);
    await using nginx = await nginxCache({ ...place, port: ports.nginx2 });
    await using varnish = await varnishCache({ ...place, port: ports.varnish2 });
    await using edge = await edgeCache(place);
    await using flooded = await edgeCache(place, true);
    const rows: string[] = [];
    for (const cache of [nginx, varnish, edge, flooded]) rows.push(await storm(cache));
    return [
      `How often the origin was asked (each page takes it 20 ms): for one page by ${crowd} at once; for one page ${parameters.toLocaleString("en")} times, each with \`?r=\` and a number of its own, twice over.`,
      "",
      "| | one page | with `?r=` |",
      "|---|--:|--:|",
      ...rows,
    ];
  } finally {
    origin.kill();
    await origin.exited;
  }
}

async function storm({ name, port }: Cache): Promise<string> {
  await asked();
  await ask(port, Array<string>(crowd).fill("/crowd"));
  const same = await asked();
  await ask(port, ["/page"]);
  const different = Array.from({ length: parameters }, (_, at) => `/page?r=${at}`);
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < parameters; at += 100) await ask(port, different.slice(at, at + 100));
  }
  return `| ${[name, same, (await asked()) - 1].map(String).join(" | ")} |`;
}

/** All at once; each has to be the page. */
async function ask(port: number, targets: readonly string[]): Promise<void> {
  const expected = "a".repeat(countedBytes);
  const bodies = targets.map(async (target) => {
    const headers = { host: "localhost", "accept-encoding": "identity" };
    return await (await fetch(`http://127.0.0.1:${port}${target}`, { headers, keepalive: false })).text();
  });
  const wrong = (await Promise.all(bodies)).filter((body) => body !== expected);
  if (wrong.length > 0) throw new Error(`port ${port}: ${wrong.length} answers were wrong`);
}

async function asked(): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${ports.counted}/asked`)).text());
}

function fileOf(folder: string, size: number): string {
  return join(folder, "pages", `${size}.html`);
}

await run();
