/**
 * Work at an origin good for fifty requests a second, while 3,000 sources ask for it as fast as they are let: what honest people get of it, who keep
 * cookies and do as they are told, a third of them without scripts. `bun bench/gates.ts`; `--off` without the gates, `--write` for RESULTS.md.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64Url, fromHex } from "../src/base/bytes.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { seededRandom } from "../src/base/random.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { solve } from "../src/decision/puzzle/solve.ts";
import { fields } from "../src/edge/gate-pages/names.ts";
import type { EdgeOptions } from "./edge-process.ts";
import { median } from "./machine.ts";
import { writeSection } from "./results.ts";

const origin = { places: 5, ms: 100 } as const;
const sources = 3_000;
const floodPerS = 5_000;
/** Each asks again once it is answered: few would wait in turn, and be no flood. Bun opens 256 at a time. */
const floodConnections = 200;
const honestPerS = 5;
const plainShare = 1 / 3;
const warmUpS = 5;
const runS = 25;
const patienceMs = 60_000;
const comesWithoutGatesMs = 3_000;

interface Wait {
  readonly ms: number;
  readonly isThrough: boolean;
}

const isOff = process.argv.includes("--off");
const random = seededRandom(1);
const startMs = performance.now();
const elapsedS = (): number => (performance.now() - startMs) / 1_000;
const isOver = (): boolean => elapsedS() > warmUpS + runS;

/** PHP's workers, and a row before them. */
function startOrigin() {
  const waiting: (() => void)[] = [];
  let working = 0;
  return Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch({ url }) {
      if (url.endsWith("/kept"))
        return new Response("kept", { headers: { "cache-control": "max-age=3600" } });
      if (working >= origin.places) await new Promise<void>((resolve) => waiting.push(resolve));
      else working += 1;
      await Bun.sleep(origin.ms);
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
      return new Response("worked", {
        headers: { "cache-control": "no-store", "content-type": "text/html" },
      });
    },
  });
}

async function startEdge(originUrl: string, data: string) {
  const options: EdgeOptions = {
    data,
    config: {
      edge: { listen: ["127.0.0.1:0"], trusted_proxies: ["127.0.0.0/8"] },
      origin: { url: originUrl },
      gates: { mode: isOff ? "off" : "auto" },
      kernel: { nftables: "off" },
    },
    bans: [],
    // The gates alone: no rule acts.
    mode: "calm",
  };
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "edge-process.ts"), JSON.stringify(options)],
    {
      stdout: "pipe",
      stderr: "inherit",
    },
  );
  const first = await child.stdout.getReader().read();
  return { child, url: new TextDecoder().decode(first.value).trim() };
}

let floodAsked = 0;
let floodTurns = 0;

/** One of its connections: asks, from another of its sources each time, and keeps nothing. */
async function flood(url: string): Promise<void> {
  const everyMs = (1_000 * floodConnections) / floodPerS;
  for (let nextMs = performance.now(); !isOver(); nextMs += everyMs) {
    const earlyMs = nextMs - performance.now();
    if (earlyMs > 0) await Bun.sleep(earlyMs);
    floodAsked += 1;
    const source = Math.floor(random.next() * sources);
    const answer = await fetch(`${url}/work?bot=${floodAsked}`, {
      headers: { "x-forwarded-for": bot(source) },
    });
    if (answer.status === 200) floodTurns += 1;
    await answer.arrayBuffer();
  }
}

/** Each in a /24 of its own. */
function bot(source: number): string {
  return `10.${source >> 8}.${source & 255}.7`;
}

/** Asks until it has what it came for, or gives up. */
async function person(url: string, number: number): Promise<Wait> {
  const beganMs = performance.now();
  const hasScripts = random.next() >= plainShare;
  const headers: Record<string, string> = {
    accept: "text/html",
    "x-forwarded-for": `172.${16 + (number >> 8)}.${number & 255}.9`,
  };
  const address = `${url}/work?person=${number}`;
  let init: RequestInit = {};
  for (;;) {
    const answer = await fetch(address, { ...init, headers });
    const text = await answer.text();
    const ms = performance.now() - beganMs;
    if (answer.status === 200) return { ms, isThrough: true };
    if (ms > patienceMs) return { ms, isThrough: false };
    const kept = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
    if (kept.length > 0) headers["cookie"] = kept.join("; ");
    const [, effort = "0", seed = ""] = /data-effort="(\d+)" data-seed="([0-9a-f]+)"/.exec(text) ?? [];
    const [, ticket = ""] = /name="kasbah-ticket" value="([\w-]+)"/.exec(text) ?? [];
    if (hasScripts && seed !== "") {
      const proof = base64Url(solve(fromHex(seed), Number(effort)));
      init = {
        method: "POST",
        body: new URLSearchParams({ [fields.ticket]: ticket, [fields.proof]: proof }),
      };
      continue;
    }
    init = {};
    const backS = Number(answer.headers.get("retry-after") ?? 0);
    await Bun.sleep(backS > 0 && !isOff ? backS * 1_000 : comesWithoutGatesMs);
  }
}

async function people(url: string): Promise<Wait[]> {
  const waits: Promise<Wait>[] = [];
  await Bun.sleep(warmUpS * 1_000);
  while (!isOver()) {
    waits.push(person(url, waits.length));
    await Bun.sleep(1_000 / honestPerS);
  }
  return await Promise.all(waits);
}

/** Of a page that is kept: ms. */
async function reading(url: string): Promise<number[]> {
  const tookMs: number[] = [];
  while (!isOver()) {
    const beganMs = performance.now();
    await (await fetch(`${url}/kept`, { headers: { "x-forwarded-for": "192.0.2.1" } })).text();
    tookMs.push(performance.now() - beganMs);
    await Bun.sleep(100);
  }
  return tookMs.toSorted((left, right) => left - right);
}

const data = mkdtempSync(join(tmpdir(), "kasbah-gates-"));
mkdirSync(dataFolder(data).run);
const site = startOrigin();
const { child, url } = await startEdge(`http://127.0.0.1:${site.port}`, data);
const floods = Array.from({ length: floodConnections }, async () => await flood(url));
const [waits, readMs] = await Promise.all([people(url), reading(url), ...floods]);
child.kill();
await child.exited;
await site.stop(true);
rmSync(data, { recursive: true, force: true });

const inTime = waits.filter(({ isThrough, ms }) => isThrough && ms <= patienceMs);
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
const lines = [
  `An origin good for ${(origin.places * 1_000) / origin.ms} requests a second; ${sources} sources that keep nothing asked for ${Math.round(floodAsked / (warmUpS + runS))} a second (${floodPerS} wanted) for ${runS} s.`,
  "",
  `- honest people who got through within a minute: ${inTime.length} of ${waits.length}; median ${seconds(median(inTime.map(({ ms }) => ms)))} s, longest ${seconds(Math.max(...waits.map(({ ms }) => ms)))} s`,
  `- of the origin's turns, the flood's: ${floodTurns}`,
  `- a page that is kept, meanwhile: median ${(readMs[Math.floor(readMs.length / 2)] ?? 0).toFixed(1)} ms, 99 % within ${(readMs[Math.floor(readMs.length * 0.99)] ?? 0).toFixed(1)} ms`,
];
console.log(lines.join("\n"));
const name = `Work under a flood${isOff ? ", without the gates" : ""}`;
const command = `bun bench/gates.ts${isOff ? " --off" : ""}`;
if (process.argv.includes("--write")) writeSection(name, command, rfc3339(systemClock.nowMs()), lines);
process.exit(0);
