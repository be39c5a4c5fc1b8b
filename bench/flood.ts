/**
 * What readers get while thousands of addresses send what they can: the edge, with and without the kernel's help, beside nginx, HAProxy and
 * Varnish with a limit for each address. `bun bench/flood.ts [rounds] [seconds]`. Loopback only; as root, for the kernel's sets. Flood and
 * readers are processes of their own, half of the readers come after onset, every page read is compared byte for byte.
 */
import { existsSync } from "node:fs";
import { drill, type DrillReport } from "../attacks/drill.ts";
import { drawPlan, type Plan } from "../attacks/plan.ts";
import type { Profile } from "../attacks/profile.ts";
import { completeBrowsers } from "../attacks/profiles/complete-browsers.ts";
import { oneCountry } from "../attacks/profiles/one-country.ts";
import type { Target } from "../attacks/target.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { connectBus } from "../src/bus/local.ts";
import { DefenceLog } from "../src/cli/attack-defence.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import {
  type FloodedServer,
  haproxyLimited,
  haproxyPath,
  nginxLimited,
  varnishLimited,
  varnishPath,
} from "./flood-peers.ts";
import { median } from "./machine.ts";
import { nginxPath, startFreeEdge } from "./peers.ts";
import { writeSection } from "./results.ts";
import { type BenchSite, createSite } from "./site.ts";

const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 12);
const sources = 3_000;
const seed = 20110731;
/** Nobody listens there, and the kernel drops what goes there. */
const droppedPort = 18_949;

interface Contender {
  readonly name: string;
  /** Each round has a server of its own: none remembers the one before. */
  readonly start: () => Promise<FloodedServer>;
  readonly isDropped?: true;
  readonly data?: string;
}

interface Round {
  readonly report: DrillReport;
  readonly firstRuleMs: number | null;
}

async function run(): Promise<void> {
  for (const path of [nginxPath, haproxyPath, varnishPath]) {
    if (!existsSync(path)) throw new Error(`this needs ${path} to measure beside`);
  }
  using site = await createSite();
  const lines = [
    `${sources} loopback sources as fast as they can for ${seconds} s, 60 readers, half of them after onset; 16 kB pages; medians of ${rounds} rounds. ` +
      "Onset: the flood's first 3 s. p99 in ms, of reads that were right.",
    "",
    ...(await table(oneCountry, site, false)),
    ...(await table(completeBrowsers, site, false)),
    ...(await table(completeBrowsers, site, true)),
  ];
  console.log(lines.join("\n"));
  writeSection("A flood beside others", "bun bench/flood.ts", rfc3339(systemClock.nowMs()), lines);
}

async function table(profile: Profile, site: BenchSite, tls: boolean): Promise<string[]> {
  const rows: string[] = [];
  for (const contender of contenders(site, tls)) {
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) measured.push(await measure(contender, profile, tls));
    rows.push(row(contender.name, measured));
    console.log(rows.at(-1));
  }
  return [
    `### ${profile.summary}${tls ? ", over TLS" : ""}`,
    "",
    "| | calm p99 | onset right | onset p99 | after right | after p99 | readers refused | flood answered/s | quiet after | first rule |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...rows,
    "",
  ];
}

function contenders(site: BenchSite, tls: boolean): Contender[] {
  const edge = (nftables: "auto" | "off") => async (): Promise<FloodedServer> => {
    const { certificate, key } = site;
    const files = tls ? { tls: "files" as const, tls_certificate: certificate, tls_key: key } : {};
    const listening = { edge: { listen: ["127.0.0.1:0"], ...files }, kernel: { nftables } };
    const peer = await startFreeEdge(site.data, listening);
    return { name: "Kasbah", port: peer.port, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
  };
  return [
    { name: "nobody: what the generator itself costs", start: edge("off"), isDropped: true },
    { name: "nginx, `limit_req`", start: () => nginxLimited(site, tls) },
    { name: "HAProxy, stick table", start: () => haproxyLimited(site, tls) },
    ...(tls ? [] : [{ name: "Varnish, vsthrottle", start: () => varnishLimited(site) }]),
    { name: "Kasbah without the kernel", start: edge("off"), data: site.data },
    { name: "Kasbah", start: edge("auto"), data: site.data },
  ];
}

async function measure(
  { start, isDropped, data }: Contender,
  profile: Profile,
  tls: boolean,
): Promise<Round> {
  await using server = await start();
  using _ = isDropped === true ? droppingPort() : undefined;
  const target: Target = { address: "127.0.0.1", port: server.port, tls, host: "localhost" };
  const defence = new DefenceLog();
  await using bus = data === undefined ? undefined : await connectBus(dataFolder(data).busSocket);
  bus?.subscribe("defence", (facts) => defence.hears(facts, systemClock.nowMs()));
  const report = await drill({
    plan: planOf(profile),
    target,
    ...(isDropped === true && { floodTarget: { ...target, port: droppedPort } }),
    calmMs: 5_000,
    begins: () => defence.begins(systemClock.nowMs()),
    signal: AbortSignal.timeout((seconds + 60) * 1_000),
    progress: () => {},
  });
  return { report, firstRuleMs: defence.seen?.first_rule_ms ?? null };
}

function planOf(profile: Profile): Plan {
  return drawPlan(profile, { seed, sources, seconds, known: [] });
}

function row(name: string, measured: readonly Round[]): string {
  const of = (value: (report: DrillReport) => number): number =>
    median(measured.map(({ report }) => value(report)));
  const share = (value: (report: DrillReport) => { right: number; reads: number }): string => {
    const all = measured.map(({ report }) => value(report));
    const [right, reads] = [sum(all.map((one) => one.right)), sum(all.map((one) => one.reads))];
    return `${((100 * right) / reads).toFixed(2)} %`;
  };
  const seen = (values: readonly (number | null)[]): string => {
    const known = values.filter((value) => value !== null);
    return known.length < values.length || known.length === 0 ? "never" : `${Math.round(median(known))} ms`;
  };
  const cells = [
    name,
    of(({ readers }) => readers.calm.p99_ms).toFixed(1),
    share(({ readers }) => readers.onset),
    of(({ readers }) => readers.onset.p99_ms).toFixed(1),
    share(({ readers }) => readers.after),
    of(({ readers }) => readers.after.p99_ms).toFixed(1),
    String(sum(measured.map(({ report }) => report.readers.flood.refused))),
    Math.round(of(({ flood }) => flood.answered / flood.seconds)).toLocaleString("en"),
    seen(measured.map(({ report }) => report.flood.quiet_ms.answered)),
    seen(measured.map(({ firstRuleMs }) => firstRuleMs)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function sum(values: readonly number[]): number {
  return values.reduce((whole, value) => whole + value, 0);
}

/** A table of our own that drops one port of loopback, and goes when we do. */
function droppingPort(): Disposable {
  const nft = (...words: string[]): void => {
    const { exitCode, stderr } = Bun.spawnSync(["nft", words.join(" ")]);
    if (exitCode !== 0) throw new Error(`nft: ${stderr.toString().trim()}`);
  };
  const chain = "{ type filter hook input priority 0; }";
  const [own, rule] = ["inet kasbah_bench", `tcp dport ${droppedPort} drop`];
  nft(`add table ${own}; add chain ${own} input ${chain}; add rule ${own} input ${rule}`);
  return { [Symbol.dispose]: () => nft("delete table inet kasbah_bench") };
}

await run();
