// Workers that share answers: whatever order they ask, fetch, fail and die in, equal misses are one, everybody gets an answer, memory is bounded.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { ManualClock } from "../../base/clock.ts";
import type { Purge } from "./purge.ts";
import type { CacheReply } from "./cache-messages.ts";
import { KeptKeys } from "./kept-keys.ts";
import { SharedAnswers } from "./shared-answers.ts";
import { type Reply, Sharing } from "./sharing.ts";
import type { Stored, StoredAnswer } from "./stored.ts";

const startMs = 1_000_000;

function answer(text: string, freshUntilMs: number, tags: readonly string[] = []): StoredAnswer {
  const body = Buffer.from(text);
  const lifetimes = { freshUntilMs, staleUntilMs: freshUntilMs, errorUntilMs: freshUntilMs, bornMs: 0 };
  const policy = {
    v: 1,
    t: 0,
    sh: true,
    ch: 0,
    imm: 0,
    st: 200,
    resh: {},
    rescc: {},
    m: "GET",
    a: true,
    reqh: null,
    reqcc: {},
  };
  return {
    kind: "answer",
    status: 200,
    headers: [],
    body,
    provenance: "uncertain",
    shownAs: "",
    tags,
    policy,
    ...lifetimes,
  };
}

/** A main thread and its workers, whose messages arrive one at a time in the order in which they were sent, when `run` says so. */
class House {
  readonly clock = new ManualClock(startMs);
  readonly workers: Sharing[];
  readonly main: SharedAnswers;
  readonly #keptKeys = new KeptKeys(new SharedArrayBuffer(KeptKeys.bytes), { first: 1, second: 2 });
  readonly #toMain: (() => void)[] = [];
  readonly #toWorkers: (() => void)[] = [];

  constructor(workers: number, bytesMax = 1_000_000) {
    const monotonicMs = (): number => this.clock.nowMs();
    this.workers = Array.from({ length: workers }, (_, slot) => this.#worker(slot, monotonicMs));
    this.main = new SharedAnswers({
      bytesMax,
      keptKeys: this.#keptKeys,
      nowMs: monotonicMs,
      tell: (slot, reply) => this.#send(slot, reply),
      tellAll: (reply) => this.workers.forEach((_, slot) => this.#send(slot, reply)),
    });
  }

  /** The slot has another worker, which knows nothing. */
  replace(slot: number): void {
    this.workers[slot] = this.#worker(slot, () => this.clock.nowMs());
    this.main.lost(slot);
  }

  /** Everything that is on its way. */
  async run(): Promise<void> {
    while (this.#toMain.length + this.#toWorkers.length > 0) {
      this.#toMain.shift()?.();
      this.#toWorkers.shift()?.();
      await Promise.resolve();
    }
  }

  #worker(slot: number, monotonicMs: () => number): Sharing {
    return new Sharing({
      tell: (asked) => this.#toMain.push(() => this.main.hear(slot, asked)),
      keptKeys: this.#keptKeys,
      monotonicMs,
    });
  }

  #send(slot: number, reply: CacheReply): void {
    const worker = this.workers[slot];
    this.#toWorkers.push(() => worker?.hear(reply));
  }
}

const textOf = (stored: Stored | undefined): string =>
  stored?.kind === "answer" ? Buffer.from(stored.body).toString() : "";

test("the first who asks has leave; the others get what comes of it, also who asks later", async () => {
  const house = new House(3);
  const [one, two, three] = house.workers;
  const asked = [one, two, two].map((worker) => worker?.may("/", 0));
  await house.run();
  expect(await asked[0]).toMatchObject({ kind: "leave", purges: 0 });
  one?.filled({ key: "/", stored: [["/", answer("hello", startMs + 5_000)]], purges: 0, seen: undefined });
  await house.run();
  const replies = [await asked[1], await asked[2]];
  const later = three?.may("/", 0);
  await house.run();
  for (const reply of [...replies, await later]) {
    expect(reply?.kind).toBe("found");
    expect(textOf(reply?.kind === "found" ? reply.stored : undefined)).toBe("hello");
  }
});

test("who has it, but old, gets leave, or what is newer", async () => {
  const house = new House(2);
  const [one, two] = house.workers;
  const first = one?.may("/", 0);
  await house.run();
  await first;
  one?.filled({ key: "/", stored: [["/", answer("old", startMs + 5_000)]], purges: 0, seen: undefined });
  house.clock.advance(6_000);
  const [again, waits] = [one?.may("/", startMs + 5_000), two?.may("/", 0)];
  await house.run();
  expect((await again)?.kind).toBe("leave");
  one?.filled({ key: "/", stored: [["/", answer("new", startMs + 11_000)]], purges: 0, seen: undefined });
  await house.run();
  expect(await waits).toMatchObject({ kind: "found" });
});

test("a worker that dies, or takes too long, loses its leave to the next one", async () => {
  const house = new House(3);
  const [one, two, three] = house.workers;
  const asked = [one, two, three].map((worker) => worker?.may("/", 0));
  await house.run();
  expect((await asked[0])?.kind).toBe("leave");
  house.replace(0);
  await house.run();
  expect((await asked[1])?.kind).toBe("leave");
  house.clock.advance(16_000);
  house.main.tend();
  await house.run();
  expect((await asked[2])?.kind).toBe("leave");
  // Late, but as good as any.
  two?.filled({ key: "/", stored: [["/", answer("late", startMs + 100_000)]], purges: 0, seen: undefined });
  await house.run();
  expect(house.main.leases).toBe(0);
});

test("who only looks gets what there is, however old, and never leave to ask", async () => {
  const house = new House(2);
  const [one, two] = house.workers;
  expect(await two?.look("/", 0)).toBeUndefined();
  const first = one?.may("/", 0);
  await house.run();
  await first;
  one?.filled({ key: "/", stored: [["/", answer("old", startMs + 5_000)]], purges: 0, seen: undefined });
  await house.run();
  house.clock.advance(6_000);
  const looks = [two?.look("/", 0), one?.look("/", startMs + 5_000)];
  await house.run();
  expect(textOf(await looks[0])).toBe("old");
  expect(await looks[1]).toBeUndefined();
  expect(house.main.leases).toBe(0);
  house.main.purge({ kind: "all" });
  await house.run();
  expect(await two?.look("/", 0)).toBeUndefined();
});

test("nobody waits for a look at what a silent main thread keeps", async () => {
  const house = new House(1);
  const [one] = house.workers;
  one?.filled({ key: "/", stored: [["/", answer("kept", startMs + 5_000)]], purges: 0, seen: undefined });
  await house.run();
  const look = one?.look("/", 0);
  house.clock.advance(1_500);
  one?.tend();
  expect(await look).toBeUndefined();
});

test("a main thread that is silent is not waited for", async () => {
  const house = new House(1);
  const [one] = house.workers;
  const asked = one?.may("/", 0);
  house.clock.advance(1_500);
  one?.tend();
  expect((await asked)?.kind).toBe("leave");
});

test.each<[keeps: boolean, Purge[]]>([
  [false, [{ kind: "address", address: "/" }]],
  [false, [{ kind: "tag", tag: "news" }]],
  [false, [{ kind: "doubtful", addresses: new Set() }]],
  [false, [{ kind: "all" }]],
  [false, [{ kind: "address", address: "/" }, ...otherPurges(10)]],
  // Readers send forms all the time.
  [true, otherPurges(10)],
  // Too many to remember.
  [false, otherPurges(2_000)],
])("what was asked for before its own purge is kept nowhere: %p", async (keeps, purged) => {
  const house = new House(2);
  const [one, two] = house.workers;
  const asked = [one?.may("/", 0), two?.may("/", 0)];
  await house.run();
  const leave = await asked[0];
  for (const what of purged) house.main.purge(what);
  const key = "/\nhttp\nlocalhost";
  const stored = [[key, answer("old", startMs + 5_000, ["news"])]] as const;
  await house.run();
  const purges = leave?.kind === "leave" ? leave.purges : -1;
  expect(one?.purged.hasSince(purges, stored)).toBe(!keeps);
  one?.filled({ key: "/", stored, purges, seen: undefined });
  await house.run();
  expect(await asked[1]).toMatchObject({ kind: "nothing" });
  expect(house.main.bytes > 0).toBe(keeps);
  expect(one?.purged.count).toBe(purged.length);
});

function otherPurges(count: number): Purge[] {
  return Array.from({ length: count }, () => ({ kind: "address", address: "/other" }));
}

test("purges by address with its queries and variants, by tag, and all", () => {
  const house = new House(1);
  const keep = (key: string, tags: readonly string[] = []): void =>
    house.main.hear(0, {
      kind: "filled",
      key,
      stored: [[key, answer("x", startMs + 5_000, tags)]],
      purges: house.workers[0]?.purged.count ?? 0,
      seen: undefined,
    });
  const keys = ["/a\nhttp\nx", "/a?p=1\nhttp\nx", "/a\nhttp\nx\naccept-language: ar", "/ab\nhttp\nx"];
  for (const key of keys) keep(key, [key.startsWith("/ab") ? "news" : "other"]);
  expect(house.main.purge({ kind: "address", address: "/a" })).toBe(3);
  expect(house.main.purge({ kind: "tag", tag: "other" })).toBe(0);
  expect(house.main.purge({ kind: "tag", tag: "news" })).toBe(1);
  expect(house.main.purge({ kind: "all" })).toBe(0);
});

test("memory is bounded, and what nobody asks for goes first", () => {
  const house = new House(1, 50_000);
  const keep = (key: string): void =>
    house.main.hear(0, {
      kind: "filled",
      key,
      stored: [[key, answer("x".repeat(5_000), startMs + 5_000)]],
      purges: 0,
      seen: undefined,
    });
  for (let at = 0; at < 100; at += 1) {
    keep(`/${at}`);
    house.main.hear(0, { kind: "used", keys: ["/0"] });
    expect(house.main.bytes).toBeLessThanOrEqual(50_000);
  }
  const told: Reply[] = [];
  house.workers[0]
    ?.may("/0", 0)
    .then((reply) => told.push(reply))
    .catch(() => {});
  expect(house.main.bytes).toBeGreaterThan(40_000);
});

type Deed =
  | { readonly kind: "ask"; readonly worker: number; readonly key: string }
  | { readonly kind: "end"; readonly worker: number; readonly fails: boolean }
  | { readonly kind: "die"; readonly worker: number }
  | { readonly kind: "run" };

const worker = fc.nat({ max: 2 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("ask" as const), worker, key: fc.constantFrom("/a", "/b") }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("end" as const), worker, fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("die" as const), worker }) },
  { weight: 3, arbitrary: fc.constant({ kind: "run" as const }) },
);

/** Of a worker that asked. */
interface Wait {
  readonly worker: Sharing | undefined;
}

/** What workers do to each other, and who may ask for what meanwhile. */
class Doings {
  readonly house = new House(3);
  /** By key, the worker that has leave. */
  readonly leaves = new Map<string, number>();
  readonly #waiting = new Set<Wait>();

  /** Of workers that live. */
  get waiting(): number {
    const alive = [...this.#waiting].filter(({ worker: one }) => one && this.house.workers.includes(one));
    return alive.length;
  }

  async run(one: Deed): Promise<void> {
    if (one.kind === "run") await this.house.run();
    else if (one.kind === "end") this.end(one.worker, one.fails);
    else if (one.kind === "die") await this.#die(one.worker);
    else if (this.leaves.get(one.key) !== one.worker) this.#ask(one.worker, one.key);
  }

  end(slot: number, fails: boolean): void {
    const own = [...this.leaves].filter(([, holder]) => holder === slot).map(([key]) => key);
    for (const key of own) {
      this.leaves.delete(key);
      if (fails) this.house.workers[slot]?.empty(key, "broken");
      else
        this.house.workers[slot]?.filled({
          key: key,
          stored: [[key, answer("x", startMs + 5_000)]],
          purges: 0,
          seen: undefined,
        });
    }
  }

  async #die(slot: number): Promise<void> {
    await this.house.run();
    for (const [key, holder] of this.leaves) if (holder === slot) this.leaves.delete(key);
    this.house.replace(slot);
  }

  #ask(slot: number, key: string): void {
    const wait = { worker: this.house.workers[slot] };
    this.#waiting.add(wait);
    void this.#hear(slot, key, wait);
  }

  async #hear(slot: number, key: string, wait: Wait): Promise<void> {
    const reply = await wait.worker?.may(key, 0);
    this.#waiting.delete(wait);
    if (reply?.kind !== "leave" || this.house.workers[slot] !== wait.worker) return;
    expect(this.leaves.has(key)).toBe(false);
    this.leaves.set(key, slot);
  }
}

test("property: nobody waits for good, and no two workers have leave for the same at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 60 }), async (deeds) => {
      const doings = new Doings();
      for (const one of deeds) await doings.run(one);
      await doings.house.run();
      for (let round = 0; round < 200 && doings.leaves.size > 0; round += 1) {
        for (const slot of [0, 1, 2]) doings.end(slot, false);
        await doings.house.run();
      }
      expect([doings.house.main.leases, doings.waiting]).toEqual([0, 0]);
    }),
    { numRuns: 300 },
  );
});
