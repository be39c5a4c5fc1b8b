/**
 * What one ticket, one pass, one use and one sealed post cost a core, and what they would with other ways to sign. `bun bench/gates-unit.ts`;
 * with `--write` it goes to RESULTS.md. Asked: a ticket in 20 µs, a pass in 5 µs.
 */
import { CryptoHasher } from "bun";
import { createHmac, randomBytes } from "node:crypto";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { systemRandom } from "../src/base/random.ts";
import { GateKeys } from "../src/decision/gates/gate-keys.ts";
import { Passes, passBudget } from "../src/decision/gates/pass.ts";
import { appealCode } from "../src/decision/gates/appeal.ts";
import { seal, sealedBodyBytesMax, unseal } from "../src/decision/gates/seal.ts";
import { Spent, spentBytes } from "../src/decision/gates/spent.ts";
import { Tickets, seedOf } from "../src/decision/gates/ticket.ts";
import { Turns } from "../src/decision/gates/turns.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

interface Measured {
  readonly name: string;
  readonly work: (round: number) => unknown;
}

const rounds = 15;
const perRound = 4_000;

const keys = new GateKeys(systemRandom.bytes(32));
const nowMs = systemClock.nowMs();
const site = "portal";
const tickets = new Tickets(keys, systemRandom);
const passes = new Passes(keys, systemRandom);
const spent = new Spent(new SharedArrayBuffer(spentBytes(2 ** 18)));
const expiresMs = nowMs + 1_000_000;
const addressed = { site, method: "POST", target: "/wp-comments-post.php" };
const form = { ...addressed, type: "text/plain", body: new Uint8Array(2_000) };
const large = { ...form, body: new Uint8Array(sealedBodyBytesMax) };
const sealing = { keys, random: systemRandom };
const sealedForm = seal(sealing, form, nowMs) ?? "";
const sealedLarge = seal(sealing, large, nowMs) ?? "";
const turns = new Turns<object>({ most: 256, effort: () => 0 });
const key = systemRandom.bytes(32);
const message = systemRandom.bytes(20);
const prepared = new CryptoHasher("sha256", key);
/** As many texts as there are rounds: nothing is measured that a cache would answer. */
const ticketTexts = texts(() => tickets.issue({ purpose: "work", site, effort: 0, nowMs }));
const passTexts = texts(() => passes.issue({ site, effort: 0, nowMs }));
const forged = texts(() => randomBytes(36).toString("base64url"));

const measured: readonly Measured[] = [
  { name: "issue a ticket", work: () => tickets.issue({ purpose: "work", site, effort: 0, nowMs }) },
  {
    name: "check a ticket",
    work: (at) => tickets.read(ticketTexts[at] ?? "", { purpose: "work", site, nowMs }),
  },
  {
    name: "check a forged ticket",
    work: (at) => tickets.read(forged[at] ?? "", { purpose: "work", site, nowMs }),
  },
  { name: "a ticket's seed", work: (at) => seedOf(ticketTexts[at] ?? "") },
  { name: "issue a pass", work: () => passes.issue({ site, effort: 0, nowMs }) },
  { name: "check a pass", work: (at) => passes.read(passTexts[at] ?? "", { site, nowMs }) },
  {
    name: "count its use",
    work: (at) => spent.spend(BigInt(at) * 0x9e37_79b9_7f4a_7c15n, passBudget, expiresMs, nowMs),
  },
  { name: "seal a form of 2 kB", work: () => seal(sealing, form, nowMs) },
  { name: "open it", work: () => unseal(keys, sealedForm, { ...addressed, nowMs }) },
  { name: "open one of 64 kB", work: () => unseal(keys, sealedLarge, { ...addressed, nowMs }) },
  {
    name: "an appeal code",
    work: () => appealCode(keys, { atMs: nowMs, gate: "work", reason: "overloaded", load: 1 }),
  },
  { name: "come to a full queue of 256", work: come },
  { name: "a turn, and another in its place", work: takeTurn },
  {
    name: "other ways: HMAC-SHA256 of node:crypto",
    work: () => createHmac("sha256", key).update(message).digest(),
  },
  { name: "HMAC-SHA256 of Bun (used)", work: () => new CryptoHasher("sha256", key).update(message).digest() },
  {
    name: "other ways: HMAC-BLAKE2b of Bun, keyed anew",
    work: () => new CryptoHasher("blake2b256", key).update(message).digest(),
  },
  {
    name: "other ways: HMAC-SHA256 of Bun, keyed once and copied",
    work: () => prepared.copy().update(message).digest(),
  },
];

/** One of 3,000 sources in as many prefixes, with one of three tickets each. */
function come(at: number): unknown {
  const atMs = nowMs + at;
  const standing = { lane: "ticket", prefix: at % 3_000, waitedMs: at % 9_000, effort: 0 } as const;
  return turns.push({}, { ...standing, ticket: BigInt(at % 9_000) }, atMs);
}

function takeTurn(at: number): unknown {
  turns.take("all", nowMs + at);
  return come(at);
}

function texts(make: () => string): string[] {
  return Array.from({ length: perRound }, make);
}

/** Microseconds for one, the median of rounds. */
function costUs({ work }: Measured): number {
  const costs = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    for (let at = 0; at < perRound; at += 1) work(at);
    return ((performance.now() - startedMs) * 1_000) / perRound;
  });
  return median(costs);
}

console.log(machineName());
const rows = measured.map((one) => `| ${one.name} | ${costUs(one).toFixed(2)} |`);
const lines = ["| what | µs |", "|---|---|", ...rows];
console.log(lines.join("\n"));
if (process.argv.includes("--write"))
  writeSection("Tickets and passes", "bun bench/gates-unit.ts --write", rfc3339(systemClock.nowMs()), lines);
