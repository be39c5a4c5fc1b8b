/** The durable queue: once and only once, whatever dies. */
import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import { z } from "zod";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { ManualClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import { below, seededRandom } from "../base/random.ts";
import { openDatabase } from "../store/database.ts";
import { feature } from "./feature.ts";
import type { JobKind, JobLimits, Leased } from "./job.ts";
import { Queue } from "./queue.ts";
import { Worker } from "./worker.ts";

const letter: JobKind<{ to: string }> = {
  name: "letter",
  payload: z.object({ to: z.string() }),
  attemptsMax: 3,
  run: () => () => {},
};
const nothing = (): void => {};

describe("adding", () => {
  test("the same key twice is one job, also after it is done", () => {
    const { queue } = newQueue();
    expect(queue.add(letter, { key: "a", payload: { to: "a" } })).toBe(true);
    expect(queue.add(letter, { key: "a", payload: { to: "b" } })).toBe(false);
    queue.complete(taken(queue), nothing);
    expect(queue.add(letter, { key: "a", payload: { to: "c" } })).toBe(false);
    expect(queue.count("waiting")).toBe(0);
  });

  test("is undone with the transaction that it was part of", () => {
    const { queue, database } = newQueue();
    const change = database.transaction(() => {
      queue.add(letter, { key: "a", payload: { to: "a" } });
      throw new Error("the rest failed");
    });
    expect(change).toThrow("the rest failed");
    expect(queue.count("waiting")).toBe(0);
  });

  test("is refused where too many wait, and a payload that is too large always", () => {
    const { queue } = newQueue({ waitingMax: 2, payloadBytesMax: 30 });
    queue.add(letter, { key: "a", payload: { to: "a" } });
    queue.add(letter, { key: "b", payload: { to: "b" } });
    expect(queue.add(letter, { key: "b", payload: { to: "b" } })).toBe(false);
    expect(() => queue.add(letter, { key: "c", payload: { to: "c" } })).toThrow("2 jobs wait already");
    expect(() => queue.add(letter, { key: "d", payload: { to: "é".repeat(20) } })).toThrow("too large");
  });
});

describe("taking", () => {
  test("gives what has been due longest, of the kinds asked for, and nothing before its time", () => {
    const { queue, clock } = newQueue();
    queue.add(letter, { key: "later", payload: { to: "later" }, dueMs: 2_000 });
    queue.add(letter, { key: "sooner", payload: { to: "sooner" }, dueMs: 1_000 });
    expect(queue.take(["letter"])).toBeUndefined();
    expect(queue.nextDueMs(["letter"])).toBe(1_000);
    clock.advance(3_000);
    expect(queue.take(["parcel"])).toBeUndefined();
    expect([taken(queue).payload, taken(queue).payload]).toEqual(['{"to":"sooner"}', '{"to":"later"}']);
    expect(queue.take(["letter"])).toBeUndefined();
  });

  test("a job whose worker is silent goes to another; the first one can neither complete, fail nor renew it", () => {
    const { queue, clock } = newQueue({ leaseMs: 100 });
    queue.add(letter, { key: "a", payload: { to: "a" } });
    const silent = taken(queue);
    clock.advance(99);
    expect(queue.take(["letter"])).toBeUndefined();
    clock.advance(1);
    const other = taken(queue);
    let effects = 0;
    const effect = (): void => void (effects += 1);
    expect(queue.renew(silent)).toBe(false);
    expect(queue.complete(silent, effect)).toBe(false);
    queue.fail(silent, "late");
    queue.release(silent);
    queue.bury(silent, "late");
    expect(queue.complete(other, effect)).toBe(true);
    expect(queue.complete(other, effect)).toBe(false);
    expect(effects).toBe(1);
  });

  test("a sign of life keeps the lease", () => {
    const { queue, clock } = newQueue({ leaseMs: 100 });
    queue.add(letter, { key: "a", payload: { to: "a" } });
    const job = taken(queue);
    clock.advance(90);
    expect(queue.renew(job)).toBe(true);
    clock.advance(90);
    expect(queue.take(["letter"])).toBeUndefined();
  });
});

describe("failing", () => {
  test("waits longer each time, then is dead and can be seen and revived", () => {
    const { queue, clock } = newQueue({ retryFirstMs: 1_000, retryMostMs: 1_500 });
    queue.add(letter, { key: "a", payload: { to: "a" } });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      queue.fail(taken(queue), `attempt ${attempt}`);
      waits.push((queue.nextDueMs(["letter"]) ?? clock.nowMs()) - clock.nowMs());
      clock.advance(10_000);
    }
    expect(waits[0]).toBeWithin(750, 1_251);
    expect(waits[1]).toBeWithin(1_125, 1_876);
    expect(queue.list("dead")).toMatchObject([{ kind: "letter", key: "a", attempts: 3, error: "attempt 3" }]);
    expect(queue.take(["letter"])).toBeUndefined();
    expect(queue.revive(queue.list("dead")[0]?.id ?? 0)).toBe(true);
    expect(taken(queue).attempts).toBe(1);
  });

  test("an effect that throws leaves the job unfinished and nothing of itself", () => {
    const { queue, database } = newQueue();
    queue.add(letter, { key: "a", payload: { to: "a" } });
    const job = taken(queue);
    database.run("CREATE TABLE effect (number INTEGER)");
    const effect = (): void => {
      database.run("INSERT INTO effect VALUES (1)");
      throw new Error("half way");
    };
    expect(() => queue.complete(job, effect)).toThrow("half way");
    expect(database.query("SELECT * FROM effect").all()).toEqual([]);
    expect(queue.count("running")).toBe(1);
  });

  test("a job that kills its worker each time is dead in the end", () => {
    const { queue, clock } = newQueue({ leaseMs: 100 });
    queue.add(letter, { key: "a", payload: { to: "a" } });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      taken(queue);
      clock.advance(100);
    }
    expect(queue.take(["letter"])).toBeUndefined();
    expect(queue.list("dead")).toMatchObject([{ error: "its worker died each time" }]);
  });
});

test("done jobs are forgotten in time, dead ones are not", () => {
  const { queue, clock } = newQueue({ rememberMs: 1_000 });
  queue.add(letter, { key: "done", payload: { to: "a" } });
  queue.complete(taken(queue), nothing);
  queue.add(letter, { key: "dead", payload: { to: "a" } });
  queue.bury(taken(queue), "no such address");
  clock.advance(1_000);
  expect(queue.forgetDone()).toBe(1);
  expect([queue.count("done"), queue.count("dead")]).toEqual([0, 1]);
});

describe("the worker", () => {
  test("does what is due, tries again what failed, and buries what it can't read", async () => {
    const { queue, clock } = newQueue({ retryFirstMs: 1 });
    const sent: string[] = [];
    const all = Promise.withResolvers<void>();
    const kind: JobKind<{ to: string }> = {
      ...letter,
      run({ to }) {
        clock.advance(10);
        if (to === "b" && !sent.includes("b failed")) {
          sent.push("b failed");
          throw new Error("not at home");
        }
        return () => {
          sent.push(to);
          if (to === "b") all.resolve();
        };
      },
    };
    queue.add(letter, { key: "bad", payload: { to: 3 } as unknown as { to: string } });
    for (const to of ["a", "b", "c"]) queue.add(letter, { key: to, payload: { to } });
    await using worker = new Worker({ queue, kinds: [kind], clock, log: silentLog, concurrency: 1 });
    worker.wake();
    await all.promise;
    expect(sent).toEqual(["a", "b failed", "c", "b"]);
    expect(queue.list("dead")).toMatchObject([{ key: "bad" }]);
  });

  test("stopping tells what runs, and what gives up is there for the next one", async () => {
    const { queue, clock } = newQueue();
    const begun = Promise.withResolvers<void>();
    const kind: JobKind<{ to: string }> = {
      ...letter,
      run: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("gave up")));
          begun.resolve();
        }),
    };
    queue.add(letter, { key: "a", payload: { to: "a" } });
    const worker = new Worker({ queue, kinds: [kind], clock, log: silentLog });
    worker.wake();
    await begun.promise;
    await worker[Symbol.asyncDispose]();
    expect(queue.list("waiting")).toMatchObject([{ key: "a", attempts: 0, error: null }]);
  });
});

test("kill -9 at any moment loses nothing and repeats nothing", async () => {
  const seed = Number(process.env["KASBAH_SEED"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
  console.log(`seed ${seed} (KASBAH_SEED=${seed} kills at the same lines)`);
  const random = seededRandom(seed);
  await using folder = temporaryFolder();
  const path = join(folder.path, "jobs.sqlite");
  const count = 60;
  let kills = 0;
  while (!(await ranToTheEnd(path, count, kills < 12 ? below(random, 12) : Infinity))) kills += 1;
  const database = new Database(path, { readonly: true });
  const effects = database.query<{ number: number }, []>("SELECT number FROM effect ORDER BY number").all();
  database.close();
  expect(kills).toBeGreaterThan(5);
  expect(effects.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, at) => at));
}, 30_000);

/** Runs the victim and kills it at a line of what it tells; true where everything was done before. */
async function ranToTheEnd(path: string, count: number, killAtLine: number): Promise<boolean> {
  const victim = Bun.spawn(
    [process.execPath, join(import.meta.dir, "../../test/jobs-victim.ts"), path, `${count}`],
    { stdin: "pipe", stdout: "pipe", stderr: "inherit" },
  );
  let lines = 0;
  let isDone = false;
  for await (const chunk of victim.stdout.pipeThrough(new TextDecoderStream())) {
    const steps = chunk.match(/^(added|begun) /gm)?.length ?? 0;
    lines += steps;
    isDone ||= chunk.includes("all done");
    if (lines > killAtLine) victim.kill("SIGKILL");
    else if (steps > 0) await victim.stdin.write("\n".repeat(steps));
  }
  await victim.exited;
  return isDone;
}

function newQueue(limits: Partial<JobLimits> = {}): { queue: Queue; clock: ManualClock; database: Database } {
  const clock = new ManualClock(0);
  const database = openDatabase(":memory:", feature.migrations);
  return { queue: new Queue({ database, clock, random: seededRandom(1), limits }), clock, database };
}

function taken(queue: Queue): Leased {
  const job = queue.take(["letter"]);
  if (job === undefined) throw new Error("there was nothing to take");
  return job;
}
