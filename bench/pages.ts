/**
 * Verified pages a second beside nginx on the same processor, in clear and over TLS; refusals; memory. `bun bench/pages.ts [rounds]`,
 * a minute for two rounds. All phases are on, and an operator insists on calm: a source that asks a hundred thousand times a second is no reader. Every answer is
 * compared byte for byte, peers take turns in the same run.
 */
import { existsSync } from "node:fs";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import type { Overrides } from "../test/edge/config.ts";
import type { LoadPlan, LoadResult } from "./load.ts";
import { median, processorMs, residentBytes } from "./machine.ts";
import { nginxPath, type Peer, pinned, startEdgeProcess, startNginx } from "./peers.ts";
import { writeSection } from "./results.ts";
import { type BenchSite, createSite, pageBytes, pageCount } from "./site.ts";

const rounds = Number(process.argv[2] ?? 5);
const measureMs = 2_000;
const connections = 64;
const idleConnections = 15_000;
/** The server's processor, and the generator's. */
const processors = { server: 0, generator: 1 } as const;

interface Measured {
  readonly perSecond: number;
  /** Answers for each second of processor time that the server used: what other work on the machine disturbs least. */
  readonly perProcessorSecond: number;
  readonly generatorCpu: number;
}

interface Row {
  readonly name: string;
  readonly measured: readonly Measured[];
}

const byWall = ({ perSecond }: Measured): number => perSecond;
const byProcessor = ({ perProcessorSecond }: Measured): number => perProcessorSecond;

async function run(): Promise<void> {
  if (!existsSync(nginxPath)) throw new Error(`this needs nginx at ${nginxPath} to measure beside`);
  using site = await createSite();
  const pages = [await measurePages(site, false), await measurePages(site, true)].flat();
  const memory = await measureMemory(site);
  // Last, because bans outlive the process that was told of them.
  const refusals = [...(await measureLimits(site)), ...(await measureRefusals(site))];
  const lines = [
    `16 kB page, keep-alive, ${connections} connections, one processor for the server and one for the generator, median of ${rounds} rounds.`,
    "",
    ...table([...pages, ...refusals]),
    "",
    ...memory,
  ];
  console.log(lines.join("\n"));
  writeSection("Pages beside nginx", "bun bench/pages.ts", rfc3339(systemClock.nowMs()), lines);
}

/** So high that the bucket counts every request and refuses none. */
const unlimited = { prefix_rate: 1_000_000, prefix_burst: 10_000_000 };

function edgeConfig({ certificate, key }: BenchSite, tls: boolean): Overrides {
  return {
    edge: {
      listen: ["127.0.0.1:0"],
      workers: 1,
      ...(tls ? { tls: "files", tls_certificate: certificate, tls_key: key } : {}),
    },
    decision: unlimited,
  };
}

async function measurePages(own: BenchSite, tls: boolean): Promise<Row[]> {
  await using nginx = await startNginx({ ...own, processor: processors.server }, tls, tls ? 18_932 : 18_931);
  await using edge = await startEdgeProcess(processors.server, own.data, edgeConfig(own, tls));
  const [path = ""] = own.paths;
  const plan = { tls, paths: [path], expectedFile: own.fileOf(path), status: 200 };
  const how = tls ? "over TLS" : "in clear";
  return await takeTurns([
    { name: `nginx, page ${how}`, peer: nginx, plan },
    { name: `Kasbah, verified page ${how}`, peer: edge, plan },
  ]);
}

/** Who is faster than a limit for each address: nginx's `limit_req`, the edge's bucket. Both let one request a second through. */
async function measureLimits(own: BenchSite): Promise<Row[]> {
  await using nginx = await startNginx({ ...own, processor: processors.server }, false, 18_934);
  const config = { ...edgeConfig(own, false), decision: { prefix_rate: 1, prefix_burst: 1 } };
  await using edge = await startEdgeProcess(processors.server, own.data, config);
  const plan = { tls: false, expectedFile: "", status: 429, passingStatus: 200 };
  return await takeTurns([
    { name: "nginx, `limit_req`", peer: nginx, plan: { ...plan, paths: ["/limited"] } },
    { name: "Kasbah, bucket of a prefix", peer: edge, plan: { ...plan, paths: own.paths.slice(0, 1) } },
  ]);
}

/** The edge refuses a network that an operator banned; nginx one that its configuration denies. */
async function measureRefusals(own: BenchSite): Promise<Row[]> {
  await using nginx = await startNginx({ ...own, processor: processors.server }, false, 18_933);
  const config = edgeConfig(own, false);
  await using edge = await startEdgeProcess(processors.server, own.data, config, ["127.0.0.0/8"]);
  const plan = { tls: false, expectedFile: "", status: 403 };
  return await takeTurns([
    { name: "nginx, `deny`", peer: nginx, plan: { ...plan, paths: ["/denied"] } },
    { name: "Kasbah, ban with its reason", peer: edge, plan: { ...plan, paths: own.paths.slice(0, 1) } },
  ]);
}

interface Contender {
  readonly name: string;
  readonly peer: Peer;
  readonly plan: Pick<LoadPlan, "tls" | "paths" | "expectedFile" | "status" | "passingStatus">;
}

async function takeTurns(contenders: readonly Contender[]): Promise<Row[]> {
  const rows = contenders.map(({ name }) => ({ name, measured: [] as Measured[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries()) rows[at]?.measured.push(await measure(contender));
  }
  return rows;
}

async function measure({ name, peer, plan }: Contender): Promise<Measured> {
  const full: LoadPlan = {
    ...plan,
    port: peer.port,
    host: "localhost",
    connections,
    warmUpMs: 500,
    measureMs,
  };
  const before = processorMs(peer.processes());
  const generator = pinned(processors.generator, [
    process.execPath,
    `${import.meta.dir}/load.ts`,
    JSON.stringify(full),
  ]);
  const result: LoadResult = JSON.parse(await new Response(generator.stdout).text());
  if (result.wrong > 0) throw new Error(`${name}: ${result.wrong} answers were wrong`);
  const usedMs = processorMs(peer.processes()) - before;
  return {
    perSecond: result.perSecond,
    perProcessorSecond: Math.round((result.all * 1000) / usedMs),
    generatorCpu: result.ownCpu,
  };
}

function table(rows: readonly Row[]): string[] {
  const body = rows.map((row, at) => {
    const peer = rows[at - (at % 2)];
    const share = (of: (one: Measured) => number): string =>
      at % 2 === 0 || peer === undefined ? "" : `${(medianOf(row, of) / medianOf(peer, of)).toFixed(2)} ×`;
    const cells = [
      row.name,
      count(medianOf(row, byWall)),
      share(byWall),
      count(medianOf(row, byProcessor)),
      share(byProcessor),
      `${Math.round(medianOf(row, ({ generatorCpu }) => generatorCpu) * 100)} %`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| | a second | | a second of the server's processor time | | generator's processor |",
    "|---|--:|--:|--:|--:|--:|",
    ...body,
  ];
}

function medianOf({ measured }: Row, of: (one: Measured) => number): number {
  return median(measured.map(of));
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Two workers, the settings as they come; idle connections are not to be cut while they are counted. */
const asItComes: Overrides = {
  edge: { listen: ["127.0.0.1:0"], workers: 2, idle_timeout_s: 255 },
  decision: unlimited,
};

async function measureMemory(own: BenchSite): Promise<string[]> {
  const steps = [...(await measurePageMemory(own)), ...(await measureIdleConnections(own))];
  return [
    `Resident memory of the edge's process, ${count(pageCount)} pages of ${count(pageBytes)} bytes, two workers, \`edge.memory\` as it comes:`,
    "",
    ...steps.map(([what, bytes]) => `- ${what}: ${Math.round(bytes / 1e6)} MB`),
  ];
}

type Step = readonly [what: string, bytes: number];

async function measurePageMemory({ data, paths }: BenchSite): Promise<Step[]> {
  await using edge = await startEdgeProcess(processors.server, data, asItComes);
  const [pid = 0] = edge.processes();
  const steps: Step[] = [["none asked for", residentBytes(pid)]];
  for (const coding of ["identity", "br"]) {
    await readAll(edge.port, paths, coding);
    await readAll(edge.port, paths, coding);
    steps.push([`after all were read twice more, ${coding}`, residentBytes(pid)]);
  }
  return steps;
}

async function measureIdleConnections({ data, paths }: BenchSite): Promise<Step[]> {
  await using edge = await startEdgeProcess(processors.server, data, asItComes);
  const [pid = 0] = edge.processes();
  await readAll(edge.port, paths.slice(0, 100), "identity");
  const before = residentBytes(pid);
  const plan = { port: edge.port, host: "localhost", path: paths[0], connections: idleConnections };
  const idle = pinned(processors.generator, [
    process.execPath,
    `${import.meta.dir}/idle.ts`,
    JSON.stringify(plan),
  ]);
  const { value } = await idle.stdout.getReader().read();
  const opened = Number(new TextDecoder().decode(value));
  const added = residentBytes(pid) - before;
  idle.kill();
  return [[`what ${count(opened)} idle connections add`, added]];
}

/** Checks nothing but the status: load.ts compares bodies. */
async function readAll(port: number, paths: readonly string[], coding: string): Promise<void> {
  const atOnce = 20;
  for (let first = 0; first < paths.length; first += atOnce) {
    const answers = paths.slice(first, first + atOnce).map(async (path) => {
      const answer = await fetch(`http://localhost:${port}${path}`, {
        headers: { "accept-encoding": coding },
        decompress: false,
        keepalive: false,
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    });
    await Promise.all(answers);
  }
}

await run();
