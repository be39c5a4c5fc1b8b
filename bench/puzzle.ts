/**
 * What the puzzle costs: to check a proof, right or wrong, beside what others check; to solve one, here and in Chromium as slow as a cheap phone.
 * Checks are counted by the processor's time as the system saw it, solving by the clock: the machine must be idle.
 * `bun bench/puzzle.ts`; with `--write` it goes to RESULTS.md.
 */
import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { fromBase64Url, hex } from "../src/base/bytes.ts";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { seededRandom } from "../src/base/random.ts";
import { phoneEffort, seedBytes } from "../src/decision/puzzle/puzzle.ts";
import { solve } from "../src/decision/puzzle/solve.ts";
import { verify } from "../src/decision/puzzle/verify.ts";
import { launchBrowser } from "../test/browser/browser.ts";
import { solveIn, type SolverPlace, SolverServer } from "../test/browser/solver-server.ts";
import { machineName, median, processorMs } from "./machine.ts";
import { writeSection } from "./results.ts";

const random = seededRandom(2011);
const rounds = 5;
/** The system counts in ticks of 10 ms. */
const roundMs = 500;
const solvesHere = 60;
const solvesInChromium = 20;
/** Chromium's developer tools take this for a cheap phone. */
const slowdown = 6;

interface Proven {
  readonly seed: Uint8Array;
  readonly proof: Uint8Array;
}

interface Solved extends Proven {
  readonly tookMs: number;
}

function solveHere(): Solved {
  const seed = random.bytes(seedBytes);
  const startMs = performance.now();
  const proof = solve(seed, phoneEffort);
  return { seed, proof, tookMs: performance.now() - startMs };
}

/** Many different ones, so that no processor learns a proof by heart. */
function checkRows(solved: readonly Proven[]): string[] {
  const proofs = (change: (proven: Proven, at: number) => Uint8Array): Proven[] =>
    solved.map((proven, at) => ({ seed: proven.seed, proof: change(proven, at) }));
  const others = proofs((_, at) => solved.at(at - 1)?.proof ?? new Uint8Array());
  return [
    checkRow("a right proof", true, solved),
    checkRow(
      "wrong in the last of its 256 indices alone",
      false,
      proofs(({ proof }) => proof.map((byte, at) => (at === proof.length - 1 ? byte ^ 1 : byte))),
    ),
    checkRow("well formed, for another seed", false, others),
    checkRow(
      "noise",
      false,
      proofs(({ proof }) => random.bytes(proof.length)),
    ),
    checkRow(
      "a byte too short",
      false,
      proofs(({ proof }) => proof.subarray(1)),
    ),
  ];
}

function checkRow(name: string, expected: boolean, proofs: readonly Proven[]): string {
  return costRow(name, (at) => {
    const { seed, proof } = proofs[at % proofs.length] ?? { seed: new Uint8Array(), proof: new Uint8Array() };
    return verify(seed, phoneEffort, proof) === expected;
  });
}

/** What Hashcash and Argon2 (in the little memory that its users can spare) have a server do for each answer. */
function peerRows(): string[] {
  const stamp = random.bytes(40);
  const cheap = { algorithm: "argon2id", memoryCost: 2_048, timeCost: 1 } as const;
  const made = Bun.password.hashSync("kasbah", cheap);
  return [
    costRow("peer: Hashcash, one SHA-256", () => createHash("sha256").update(stamp).digest().length === 32),
    costRow("peer: Argon2id, 2 MiB, one pass", () => Bun.password.verifySync("kasbah", made)),
  ];
}

function costRow(name: string, isRight: (at: number) => boolean): string {
  const aSecond = median(Array.from({ length: rounds }, () => rateOf(isRight)));
  return `| ${name} | ${Math.round(aSecond).toLocaleString("en")} | ${(1e6 / aSecond).toFixed(1)} |`;
}

/** In a second of the processor's time, with that of the collector's and the compiler's threads. Every answer is looked at. */
function rateOf(isRight: (at: number) => boolean): number {
  const startMs = processorMs([process.pid]);
  let done = 0;
  let tookMs = 0;
  for (; tookMs < roundMs; tookMs = processorMs([process.pid]) - startMs) {
    for (const end = done + 100; done < end; done += 1) {
      if (!isRight(done)) throw new Error("a check gave the wrong answer");
    }
  }
  return (done / tookMs) * 1_000;
}

/** Chromium slows down a page's own thread and not its Workers: how a slow phone fares is seen in the page. */
async function browserRows(browser: Browser): Promise<string[]> {
  using server = new SolverServer();
  const rows: string[] = [];
  const ways: readonly (readonly [SolverPlace, number])[] = [
    ["worker", 1],
    ["in-page", 1],
    ["in-page", slowdown],
  ];
  for (const [place, slower] of ways) {
    const times = await timesIn(browser, server.address, place, slower);
    rows.push(timesRow(`Chromium ${browser.version()}, ${place}, ${slower} × slower`, times));
  }
  return rows;
}

/** Each in a page of its own, which compiles all anew. */
async function timesIn(
  browser: Browser,
  address: string,
  place: SolverPlace,
  slower: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < solvesInChromium; count += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    times.push(await timeIn(page, place));
    await context.close();
  }
  return times;
}

async function timeIn(page: Page, place: SolverPlace): Promise<number> {
  const seed = random.bytes(seedBytes);
  const { proof, tookMs } = await solveIn(page, place, { seed: hex(seed), effort: phoneEffort });
  if (!verify(seed, phoneEffort, fromBase64Url(proof))) throw new Error("a browser's proof isn't one");
  return tookMs;
}

function timesRow(name: string, times: readonly number[]): string {
  const ms = (share: number): string => quantile(times, share).toFixed(0);
  return `| ${name} | ${ms(0.5)} | ${ms(0.9)} | ${ms(0.99)} | ${times.length} |`;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN;
}

const solved = Array.from({ length: solvesHere }, solveHere);
const browser = await launchBrowser();
const lines = [
  "| checked | a second of a processor's time | µs |",
  "|---|--:|--:|",
  ...checkRows(solved),
  ...peerRows(),
  "",
  `| effort ${phoneEffort} solved | median, ms | p90, ms | p99, ms | times |`,
  "|---|--:|--:|--:|--:|",
  timesRow(
    "Bun",
    solved.map(({ tookMs }) => tookMs),
  ),
  ...(browser === null ? [] : await browserRows(browser)),
];
await browser?.close();
console.log([machineName(), ...lines].join("\n"));
if (process.argv.includes("--write")) {
  writeSection("The puzzle", "bun bench/puzzle.ts --write", rfc3339(systemClock.nowMs()), lines);
}
