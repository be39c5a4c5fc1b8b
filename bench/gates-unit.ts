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
import { Spent, spentBytes } from "../src/decision/gates/spent.ts";
import { Tickets, seedOf } from "../src/decision/gates/ticket.ts";
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
