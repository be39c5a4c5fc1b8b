/**
 * What a thousand readers' first pages cost, whole and as text: bytes and processor time of the edge's process, on the demo. `bun bench/lite.ts`.
 * Whole: as a browser with an empty cache asks, for the page and the style, icon and pictures that it names.
 */
import { readdirSync, readFileSync } from "node:fs";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { sumOf } from "../src/base/sum.ts";
import { startInstance } from "../test/scenarios/instance.ts";
import { processorMs } from "./machine.ts";
import { writeSection } from "./results.ts";

const pagesEach = 1_000;
const readersAtOnce = 8;
/** Processor time comes in ticks of 10 ms: the mean of so many rounds, after one in which pages are read and compressed. */
const rounds = 8;

interface Cost {
  readonly requests: number;
  readonly bytes: number;
  readonly processorMs: number;
}

/** Else a thousand readers behind one address would have to wait. */
const settings = '[decision]\nallow = ["127.0.0.0/8"]\n';

await using instance = await startInstance({ demo: true, settings });
const edge = edgeOf(instance.processId);
const paths = await pagesOf();
const page = await costOf((path) => [path]);
const parts = new Map<string, readonly string[]>();
for (const path of paths) parts.set(path, await partsOf(path));
const whole = await costOf((path) => [path, ...(parts.get(path) ?? [])]);
await instance.kasbah("lite", "on");
await untilText();
const text = await costOf((path) => [path]);
print([
  ["whole page alone", page],
  ["whole page with its parts", whole],
  ["text page", text],
]);

/** The fronts and every story. */
async function pagesOf(): Promise<readonly string[]> {
  const locations = async (path: string): Promise<string[]> =>
    [...(await (await instance.get(path)).text()).matchAll(/<loc>([^<]*)/g)].map(
      ([, location = ""]) => new URL(location, instance.edge).pathname,
    );
  const maps = await locations("/sitemap.xml");
  const all = (await Promise.all(maps.map(locations))).flat();
  return all.filter((path) => /^\/\w+\/(\d{4}\/\d\d\/.*)?$/.test(path));
}

async function partsOf(path: string): Promise<readonly string[]> {
  const html = await (await instance.get(path)).text();
  const named = [
    ...html.matchAll(/<link rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"/g),
    ...html.matchAll(/<img[^>]*\ssrc="([^"]+)"/g),
  ];
  return [...new Set(named.map(([, address = ""]) => address))];
}

async function costOf(asked: (path: string) => readonly string[]): Promise<Cost> {
  await roundOf(asked);
  const costs: Cost[] = [];
  while (costs.length < rounds) costs.push(await roundOf(asked));
  const mean = (of: keyof Cost): number => sumOf(costs, (cost) => cost[of]) / rounds;
  return { requests: mean("requests"), bytes: mean("bytes"), processorMs: mean("processorMs") };
}

async function roundOf(asked: (path: string) => readonly string[]): Promise<Cost> {
  const before = processorMs([edge]);
  let [requests, bytes, next] = [0, 0, 0];
  const reader = async (): Promise<void> => {
    while (next < pagesEach) {
      const path = paths[next++ % paths.length] ?? "/";
      for (const address of asked(path)) {
        const sent = await bytesOf(address);
        bytes += sent;
        requests += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  return { requests, bytes, processorMs: processorMs([edge]) - before };
}

/** Of the body as it was sent, and of its head. */
async function bytesOf(path: string): Promise<number> {
  const headers = { host: "localhost", "accept-encoding": "br" };
  const answer = await fetch(instance.edge + path, { headers, decompress: false });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  const head = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19);
  return head + (await answer.arrayBuffer()).byteLength;
}

async function untilText(): Promise<void> {
  while ((await instance.get("/fr/")).headers.get("kasbah-form") !== "text") await Bun.sleep(50);
}

/** Linux: the supervisor's child that runs the edge. */
function edgeOf(supervisor: number): number {
  const found = readdirSync("/proc").find(
    (pid) => /^\d+$/.test(pid) && isChild(pid, supervisor) && commandOf(pid).includes("\0edge"),
  );
  if (found === undefined) throw new Error("no process of the edge's was found");
  return Number(found);
}

function isChild(pid: string, parent: number): boolean {
  return new RegExp(`^PPid:\\s+${parent}$`, "m").test(read(`/proc/${pid}/status`));
}

function commandOf(pid: string): string {
  return read(`/proc/${pid}/cmdline`);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function print(rows: readonly (readonly [string, Cost])[]): void {
  const lines = [
    `| ${pagesEach} of | requests | MB | processor ms |`,
    "|---|---|---|---|",
    ...rows.map(
      ([what, { requests, bytes, processorMs: ms }]) =>
        `| ${what} | ${requests} | ${(bytes / 1e6).toFixed(2)} | ${ms.toFixed(0)} |`,
    ),
  ];
  console.log(lines.join("\n"));
  if (process.argv.includes("--keep"))
    writeSection("Text pages first", "bun bench/lite.ts", rfc3339(systemClock.nowMs()), lines);
}
