/**
 * Work at an origin good for fifty requests a second, while 3,000 loopback sources ask for 5,000: what honest people get of it, five a second, a
 * third of them without scripts, and what those get who only read. A whole `kasbah up` before an origin in a process of its own; flood,
 * readers and people are processes of their own, each source has an address of its own, every answer is looked at.
 *
 *     bun bench/gates.ts [attack …] [--seconds S] [--off] [--write]
 *
 * Rules are only tried (`decision.mode = "shadow"`) so that all of the flood comes to the gates; the last row has them act as well. `--off`: without gates.
 */
import { drill, type DrillReport } from "../attacks/drill.ts";
import { drawPlan, type Plan } from "../attacks/plan.ts";
import type { AtGates, Profile } from "../attacks/profile.ts";
import { solverSwarm } from "../attacks/profiles/solver-swarm.ts";
import { chooseTarget } from "../attacks/target.ts";
import { parseArgs } from "node:util";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { connectBus } from "../src/bus/local.ts";
import { DefenceLog, type DefenceSeen } from "../src/cli/attack-defence.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { type Instance, startInstance } from "../test/scenarios/instance.ts";
import { startSlowOrigin } from "../test/slow-origin.ts";
import { writeSection } from "./results.ts";

const sources = 3_000;
const floodPerS = 5_000;
const seed = 20_261_122;

interface Attack {
  readonly name: string;
  readonly said: string;
  readonly atGates: AtGates | undefined;
  readonly mode: "shadow" | "auto";
}

const cookies = "own";
const attacks: readonly Attack[] = [
  { name: "nothing", said: "keep nothing", atGates: undefined, mode: "shadow" },
  {
    name: "tickets",
    said: "keep their tickets, ask at their own pace",
    atGates: { cookies },
    mode: "shadow",
  },
  {
    name: "patient",
    said: "keep their tickets and wait as they are told, as people do",
    atGates: { cookies, isPatient: true },
    mode: "shadow",
  },
  {
    name: "swarm",
    said: "solve what they are asked to, on a core",
    atGates: { cookies, solvers: 1 },
    mode: "shadow",
  },
  { name: "shared", said: "share one pass", atGates: { cookies: "shared", solvers: 1 }, mode: "shadow" },
  {
    name: "verifier",
    said: "send proofs again and again",
    atGates: { cookies, solvers: 1, usesProofsAgain: true },
    mode: "shadow",
  },
  { name: "rules", said: "keep their tickets; rules act", atGates: { cookies }, mode: "auto" },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "40" },
    off: { type: "boolean" },
    write: { type: "boolean" },
  },
});
const seconds = Number(values.seconds);
const wanted = attacks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

interface Measured {
  readonly reading: DrillReport;
  /** Of pages that Kasbah signs itself, on another host. */
  readonly signed: DrillReport;
  readonly defence: DefenceSeen | null;
}

async function measure({ atGates, mode }: Attack): Promise<Measured> {
  await using origin = await startSlowOrigin();
  await using instance = await startInstance({
    demo: true,
    args: ["--origin", origin.url],
    settings: `[decision]\nmode = "${mode}"\n[gates]\nmode = "${values.off === true ? "off" : "auto"}"\n`,
  });
  await using bus = await connectBus(dataFolder(instance.data).busSocket);
  const defence = new DefenceLog();
  bus.subscribe("defence", (facts) => defence.hears(facts, systemClock.nowMs()));
  const begins = (): void => defence.begins(systemClock.nowMs());
  const [reading, signed] = await Promise.all([
    drillOn(instance, "localhost", planOf(atGates), begins),
    drillOn(instance, "blog.localhost", readersOnly()),
  ]);
  return { reading, signed, defence: defence.seen };
}

async function drillOn(
  instance: Instance,
  host: string,
  plan: Plan,
  begins?: () => void,
): Promise<DrillReport> {
  return await drill({
    plan,
    target: chooseTarget([instance.edge], host),
    isEchoed: true,
    calmMs: 5_000,
    ...(begins !== undefined && { begins }),
    signal: AbortSignal.timeout((seconds + 90) * 1_000),
    progress: () => {},
  });
}

function planOf(atGates: AtGates | undefined): Plan {
  const { atGates: _, ...flood } = solverSwarm.flood;
  const profile: Profile = {
    ...solverSwarm,
    flood: atGates === undefined ? flood : { ...flood, atGates },
  };
  return drawPlan(profile, { seed, sources, seconds, rate: floodPerS, known: [] });
}

function readersOnly(): Plan {
  const plan = drawPlan(solverSwarm, { seed: seed + 1, sources, seconds, rate: floodPerS, known: [] });
  return { ...plan, flood: { ...plan.flood, bots: [] }, visitors: { people: [], perS: 1 } };
}

function rowOf({ said }: Attack, { reading, signed, defence }: Measured): string {
  const { flood, visitors } = reading;
  const through = (fare: { came: number; through: number } | undefined): string =>
    fare === undefined ? "" : `${fare.through} of ${fare.came}`;
  const s = (ms = Number.NaN): string => (ms / 1_000).toFixed(1);
  const readers = [reading, signed].map(
    ({ readers: { flood: fare } }) =>
      `${fare.reads - fare.right} of ${fare.reads}, ${fare.p99_ms.toFixed(0)} ms`,
  );
  const served = Object.entries(flood.statuses).map(([status, times]) => `${times} × ${status}`);
  const all = visitors?.all;
  const cells = [
    said,
    through(all),
    s(all?.p50_ms),
    s(all?.p95_ms),
    s(all?.longest_ms),
    through(visitors?.plain),
    through(visitors?.among_flood),
    ...readers,
    `${Math.round(flood.sent / flood.seconds)}/s: ${served.join(", ")}`,
    `${defence?.mode ?? "none"}; ${defence?.rules.length ?? 0}; ${(defence?.held ?? 0) + (defence?.banned ?? 0)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

const lines = [
  `An origin good for 50 requests a second; ${sources} sources ask for ${floodPerS} a second for ${seconds} s; people come at 5 a second in its first two thirds, ` +
    "some behind the flood's own addresses; through: with the origin's own answer to what they asked for, within a minute. " +
    `Readers: pages lost, and p99 of the others.${values.off === true ? " Without the gates." : ""}`,
  "",
  "| they | through | median s | p95 s | longest s | without scripts | among the flood | kept pages | signed pages | the flood | mode; rules; held and banned |",
  "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|",
];
for (const attack of wanted) {
  const measured = await measure(attack);
  lines.push(rowOf(attack, measured));
  console.log(lines.at(-1));
  const { wrong } = measured.reading.visitors?.all ?? {};
  console.log(
    JSON.stringify({
      wrong,
      readers: [measured.reading, measured.signed].map(({ readers }) => readers.flood.wrong),
    }),
  );
}
const name = `Work under a flood${values.off === true ? ", without the gates" : ""}`;
const command = `bun bench/gates.ts${values.off === true ? " --off" : ""} --write`;
if (values.write === true) writeSection(name, command, rfc3339(systemClock.nowMs()), lines);
process.exit(0);
