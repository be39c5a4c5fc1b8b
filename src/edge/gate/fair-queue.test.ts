// The queue before the origin: nobody gets ahead by asking more, and it never grows beyond its limit.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { FairQueue } from "./fair-queue.ts";

const stranger = (prefix: number) => ({ prefix, isKnown: false });

function drain(queue: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let item = queue.take("all"); item !== undefined; item = queue.take("all")) taken.push(item);
  return taken;
}

test("one who asks once comes before the rest of one who asks a hundred times", () => {
  const queue = new FairQueue<string>(256);
  for (let count = 0; count < 100; count += 1) queue.push(`flood ${count}`, stranger(1), 0);
  queue.push("reader", stranger(2), 0);
  expect(drain(queue).indexOf("reader")).toBe(1);
});

test("where it is full, one of those leaves who ask for most, never the reader", () => {
  const queue = new FairQueue<string>(10);
  for (let count = 0; count < 10; count += 1) queue.push(`flood ${count}`, stranger(1), 0);
  expect(queue.push("flood 10", stranger(1), 0)).toBe("flood 10");
  expect(queue.push("reader", stranger(2), 0)).toBe("flood 9");
  expect(drain(queue)).toContain("reader");
});

test("of strangers and those in good standing, the latter come four times as often", () => {
  const queue = new FairQueue<string>(256);
  for (let count = 0; count < 100; count += 1) {
    queue.push("stranger", stranger(count), 0);
    queue.push("known", { prefix: 1_000, isKnown: true }, 0);
  }
  const first = drain(queue).slice(0, 20);
  expect(first.filter((who) => who === "known").length).toBeGreaterThanOrEqual(1);
  expect(first[0]).toBe("known");
});

test("places for those in good standing go to nobody else", () => {
  const queue = new FairQueue<string>(10);
  queue.push("stranger", stranger(1), 0);
  expect(queue.take("known")).toBeUndefined();
  queue.push("known", { prefix: 2, isKnown: true }, 0);
  expect(queue.take("known")).toBe("known");
  expect(queue.length).toBe(1);
});

test("who has waited too long is taken out, nobody else", () => {
  const queue = new FairQueue<string>(10);
  queue.push("early", stranger(1), 0);
  queue.push("late", stranger(2), 900);
  expect(queue.takeSince(500)).toEqual(["early"]);
  expect(drain(queue)).toEqual(["late"]);
});

const pushes = fc.array(
  fc.record({ prefix: fc.integer({ min: 0, max: 5 }), isKnown: fc.boolean(), takes: fc.boolean() }),
  { maxLength: 300 },
);

test("everybody who comes is either taken or refused, once; the limit holds; one prefix keeps its order", () => {
  fc.assert(
    fc.property(pushes, fc.integer({ min: 1, max: 40 }), (all, most) => {
      const queue = new FairQueue<number>(most);
      const ends: number[] = [];
      const taken: number[] = [];
      for (const [at, one] of all.entries()) {
        const refused = queue.push(at, one, at);
        if (refused !== undefined) ends.push(refused);
        expect(queue.length).toBeLessThanOrEqual(most);
        const next = one.takes ? queue.take("all") : undefined;
        if (next !== undefined) taken.push(next);
      }
      for (let next = queue.take("all"); next !== undefined; next = queue.take("all")) taken.push(next);
      expect([...ends, ...taken].sort((a, b) => a - b)).toEqual([...all.keys()]);
      for (const prefix of [0, 1, 2, 3, 4, 5]) {
        const own = taken.filter((at) => all[at]?.prefix === prefix);
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
    }),
  );
});

test("while several ask without end, each prefix is served alike, however much each asks", () => {
  const queue = new FairQueue<number>(64);
  const served = [0, 0, 0, 0];
  for (let round = 0; round < 2_000; round += 1) {
    for (const [prefix, count] of [1, 2, 5, 30].entries()) {
      for (let one = 0; one < count; one += 1) queue.push(prefix, stranger(prefix), round);
    }
    for (let place = 0; place < 4; place += 1) {
      const prefix = queue.take("all");
      if (prefix !== undefined) served[prefix] = (served[prefix] ?? 0) + 1;
    }
  }
  for (const count of served) expect(count).toBeGreaterThan(1_800);
});
