/**
 * From the command to the first new 200 at the edge: one story more among 2,000, in a whole Kasbah. `bun bench/publish.ts [stories]`.
 * "bus": from the request to the running newsroom; "command": from starting `kasbah publish` as a process. Every answer is checked. The processor time of all roles is printed too (with
 * answering who asks whether the story is there): on a machine that does other work besides, it tells more than the clock.
 */
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { connectBus } from "../src/bus/local.ts";
import { dataFolder } from "../src/config/data-folder.ts";
import { migrations } from "../src/newsroom/features.ts";
import { openDatabase } from "../src/store/database.ts";
import { type Instance, startInstance } from "../test/scenarios/instance.ts";
import { machineName, median, processorMs } from "./machine.ts";
import { writeSection } from "./results.ts";
import { publishStories, storiesIn } from "./stories.ts";

const count = Number(process.argv[2] ?? 2_000);
const rounds = 12;
const goalMs = 300;
const patienceMs = 20_000;

console.log(`${machineName()}; load before this: ${loadavg()[0]?.toFixed(1)}`);
await using instance = await startInstance({ prepare: (root) => publishStories(root, count) });
const data = dataFolder(instance.data);
using database = openDatabase(data.newsroomDatabase, migrations);
const stories = storiesIn(database);
await using bus = await connectBus(data.busSocket);

const byBus = await measure(() => bus.request("newsroom.publish", {}, { timeoutMs: patienceMs }));
const byCommand = await measure(async () => {
  const { exitCode, stderr } = await instance.kasbah("publish");
  if (exitCode !== 0) throw new Error(stderr);
});
const lines = [
  `One story among ${count}, from the command (or the same request on the bus) to its first 200 at the edge.`,
  "",
  describe("bus", byBus),
  describe("command", byCommand),
];
console.log(lines.join("\n"));
writeSection("Publishing one story", "bun bench/publish.ts", rfc3339(systemClock.nowMs()), lines);

interface Measured {
  /** Until the new story answers 200, each round. */
  readonly timesMs: readonly number[];
  /** Until whoever asked for it was told that the edition is out. */
  readonly toldMs: readonly number[];
  readonly processorMs: number;
}

async function measure(publish: () => Promise<unknown>): Promise<Measured> {
  const timesMs: number[] = [];
  const toldMs: number[] = [];
  let usedMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    // At most one edition a second: whoever publishes again at once would wait for that.
    await Bun.sleep(1_100);
    const path = stories.add(-1 - round);
    const before = processorMs(family(instance.processId));
    const startMs = performance.now();
    const seen = firstAnswer(instance, path);
    await publish();
    toldMs.push(performance.now() - startMs);
    timesMs.push((await seen) - startMs);
    usedMs += processorMs(family(instance.processId)) - before;
  }
  return { timesMs, toldMs, processorMs: usedMs / rounds };
}

async function firstAnswer(where: Instance, path: string): Promise<number> {
  const deadlineMs = performance.now() + patienceMs;
  while (performance.now() < deadlineMs) {
    const answer = await where.get(path);
    const body = await answer.text();
    if (answer.status === 200 && body.includes("<article")) return performance.now();
    await Bun.sleep(2);
  }
  throw new Error(`${path} did not appear`);
}

function describe(name: string, { timesMs, toldMs, processorMs: used }: Measured): string {
  const worst = Math.max(...timesMs);
  const verdict = worst <= goalMs ? "within" : "beyond";
  const times = `median ${median(timesMs).toFixed(0)} ms, worst ${worst.toFixed(0)} ms of ${rounds}`;
  const split = `told after ${median(toldMs).toFixed(0)} ms; ${used.toFixed(0)} ms of processor time each`;
  return `- ${name}: ${times} (${verdict} ${goalMs} ms); ${split}`;
}

/** A process and all that it started. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(family)];
}
