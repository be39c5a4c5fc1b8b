/**
 * Adds jobs and works through them until all are done, telling each step on standard output and waiting for a byte of standard input before the
 * next: so that it is killed where its killer wants, however busy the machine is. `bun jobs-victim.ts DATABASE COUNT`
 */
import { z } from "zod";
import { systemClock } from "../src/base/clock.ts";
import { silentLog } from "../src/base/log.ts";
import { systemRandom } from "../src/base/random.ts";
import { feature } from "../src/jobs/feature.ts";
import type { JobKind } from "../src/jobs/job.ts";
import { Queue } from "../src/jobs/queue.ts";
import { Worker } from "../src/jobs/worker.ts";
import { openDatabase } from "../src/store/database.ts";

const [, , path = "", count = "0"] = process.argv;
const database = openDatabase(path, [
  ...feature.migrations,
  { id: "test/effects", sql: "CREATE TABLE effect (number INTEGER NOT NULL) STRICT" },
]);
const queue = new Queue({
  database,
  clock: systemClock,
  random: systemRandom,
  // Being killed must not count as failing here, and the lease of a killed worker should end soon.
  limits: { leaseMs: 30, attemptsMax: 1_000 },
});

/** Those who told something and may not go on yet. */
const waiting: (() => void)[] = [];
process.stdin.on("data", (bytes: Uint8Array) => {
  for (const goOn of waiting.splice(0, bytes.length)) goOn();
});

const numberOnce: JobKind<{ number: number }> = {
  name: "number-once",
  payload: z.object({ number: z.int() }),
  async run({ number }) {
    await tell(`begun ${number}`);
    return () => {
      database.query("INSERT INTO effect (number) VALUES (?)").run(number);
      process.stdout.write(`effect ${number}\n`);
      // After the transaction that this is part of.
      setImmediate(tellIfDone);
    };
  },
};

for (let number = 0; number < Number(count); number += 1) {
  queue.add(numberOnce, { key: `${number}`, payload: { number } });
  await tell(`added ${number}`);
}
new Worker({ queue, kinds: [numberOnce], clock: systemClock, log: silentLog, concurrency: 3 }).wake();
tellIfDone();

function tellIfDone(): void {
  if (queue.count("waiting") + queue.count("running") === 0)
    process.stdout.write("all done\n", () => process.exit());
}

function tell(line: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  process.stdout.write(`${line}\n`);
  return promise;
}
