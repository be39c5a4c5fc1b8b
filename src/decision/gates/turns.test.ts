// Whose turn it is: lanes share by weight, who had least comes first, nobody is starved, and it never grows beyond its limit.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type LaneName, type Standing, laneNames } from "./standing.ts";
import { Turns } from "./turns.ts";

const nowMs = 1_000_000;

function standing(prefix: number, more: Partial<Standing> = {}): Standing {
  return { lane: "ticket", prefix, waitedMs: 0, effort: 0, ...more };
}

function turnsFor<T>(most: number, effort = 0): Turns<T> {
  return new Turns<T>({ most, effort: () => effort });
}

function drain<T>(turns: Turns<T>, atMs = nowMs): T[] {
  return Array.from({ length: turns.length }, () => turns.take("all", atMs) as T);
}

describe("within a lane", () => {
  test("one who asks once comes before the rest of one who asks a hundred times", () => {
    const turns = turnsFor<string>(256);
    for (let count = 0; count < 100; count += 1) turns.push(`flood ${count}`, standing(1), nowMs);
    turns.push("reader", standing(2), nowMs);
    expect(drain(turns).indexOf("reader")).toBe(1);
  });

  test("who has had nothing comes before who has had their turn, who waited longest before all like them", () => {
    const turns = turnsFor<string>(256);
    turns.push("first", standing(1), nowMs);
    expect(turns.take("all", nowMs)).toBe("first");
    turns.push("again", standing(1, { waitedMs: 9_000 }), nowMs);
    turns.push("new", standing(2), nowMs);
    turns.push("new and older", standing(3, { waitedMs: 1_000 }), nowMs);
    expect(drain(turns)).toEqual(["new and older", "new", "again"]);
  });

  test("who asks for many tickets comes after who asked for one, before anybody had a turn", () => {
    const turns = turnsFor<string>(256);
    for (let count = 0; count < 10; count += 1) turns.asked(1, nowMs);
    turns.asked(2, nowMs);
    turns.push("ten", standing(1, { waitedMs: 500 }), nowMs);
    turns.push("one", standing(2), nowMs);
    expect(drain(turns)).toEqual(["one", "ten"]);
  });

  test("who comes back at once again and again is in no better place for it, who does as told is in no worse one", () => {
    const turns = turnsFor<string>(1);
    turns.push("nobody", standing(9, { waitedMs: nowMs }), nowMs);
    for (let count = 0; count < 20; count += 1) {
      turns.push("hasty", standing(1, { ticket: 1n }), nowMs + count * 500);
      if (count % 6 === 0) turns.push("patient", standing(2, { ticket: 2n }), nowMs + count * 500);
    }
    expect(turns.take("all", nowMs)).toBe("nobody");
    const roomy = turnsFor<string>(2);
    for (let count = 0; count < 20; count += 1)
      roomy.push("hasty", standing(1, { ticket: 1n }), nowMs + count * 500);
    roomy.push("patient", standing(2, { ticket: 2n, waitedMs: 1_000 }), nowMs + 10_000);
    expect(drain(roomy)).toEqual(["patient", "hasty"]);
  });

  test("every fourth turn is the eldest's: nobody waits for ever behind newcomers", () => {
    const turns = turnsFor<string>(256);
    for (let count = 0; count < 50; count += 1) turns.asked(1, nowMs);
    turns.push("eldest", standing(1, { waitedMs: nowMs }), nowMs);
    for (let prefix = 2; prefix < 40; prefix += 1) turns.push(`newcomer ${prefix}`, standing(prefix), nowMs);
    expect(drain(turns).indexOf("eldest")).toBe(3);
  });

  test("one ticket waits once, whoever shows it", () => {
    const turns = turnsFor<number>(256);
    const left = Array.from({ length: 100 }, (_, prefix) =>
      turns.push(prefix, standing(prefix, { ticket: 7n }), nowMs),
    );
    expect(turns.length).toBe(1);
    expect(left).toEqual([undefined, ...Array.from({ length: 99 }, (_, prefix) => prefix)]);
  });

  test("one pass shown from a hundred prefixes is one that asks a hundred times", () => {
    const turns = turnsFor<string>(256);
    for (let prefix = 0; prefix < 100; prefix += 1)
      turns.push(`shared ${prefix}`, standing(prefix, { lane: "pass", pass: 1n }), nowMs);
    turns.push("own", standing(200, { lane: "pass", pass: 2n }), nowMs);
    expect(drain(turns).indexOf("own")).toBe(1);
  });

  test("who proved what is asked for comes before who didn't; proving more gains nothing", () => {
    const turns = turnsFor<string>(256, 1_000);
    const lane = "pass";
    turns.push("nothing", standing(1, { lane, effort: 0, waitedMs: 900 }), nowMs);
    turns.push("half", standing(2, { lane, effort: 500, waitedMs: 800 }), nowMs);
    turns.push("all", standing(3, { lane, effort: 1_000, waitedMs: 700 }), nowMs);
    turns.push("a hundred times", standing(4, { lane, effort: 100_000 }), nowMs);
    expect(drain(turns)).toEqual(["all", "a hundred times", "half", "nothing"]);
  });
});

describe("between lanes", () => {
  const weights: Readonly<Record<LaneName, number>> = {
    known: 8,
    pass: 4,
    ticket: 4,
    shared: 2,
    machines: 1,
  };

  /** Turns of each lane while those lanes are always full. */
  function served(lanes: readonly LaneName[], turnsTaken: number): Map<LaneName, number> {
    const turns = turnsFor<{ lane: LaneName }>(100);
    let prefix = 0;
    const counts = new Map<LaneName, number>();
    for (let turn = 0; turn < turnsTaken; turn += 1) {
      for (const lane of lanes) {
        prefix += 1;
        turns.push({ lane }, standing(prefix, { lane }), nowMs + turn);
      }
      const lane = turns.take("all", nowMs + turn)?.lane;
      if (lane !== undefined) counts.set(lane, (counts.get(lane) ?? 0) + 1);
    }
    return counts;
  }

  test("each has its share while all are full, whatever the others ask for", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...laneNames), { minLength: 1 }), (lanes) => {
        const counts = served(lanes, 950);
        const all = lanes.reduce((sum, lane) => sum + weights[lane], 0);
        for (const lane of lanes)
          expect(Math.abs((counts.get(lane) ?? 0) - (950 * weights[lane]) / all)).toBeLessThan(20);
      }),
      { numRuns: 30 },
    );
  });

  test("a lane that was empty for long has saved nothing up", () => {
    const turns = turnsFor<string>(1_000);
    for (let count = 0; count < 400; count += 1) turns.push(`ticket ${count}`, standing(count), nowMs);
    for (let count = 0; count < 300; count += 1) turns.take("all", nowMs);
    for (let count = 0; count < 100; count += 1)
      turns.push(`machine ${count}`, standing(count, { lane: "machines" }), nowMs);
    const next = Array.from({ length: 50 }, () => turns.take("all", nowMs));
    expect(next.filter((who) => who?.startsWith("machine")).length).toBeLessThanOrEqual(11);
  });

  test("places for those in good standing go to nobody else", () => {
    const turns = turnsFor<string>(10);
    turns.push("stranger", standing(1), nowMs);
    expect(turns.take("known", nowMs)).toBeUndefined();
    turns.push("known", standing(1, { lane: "known" }), nowMs);
    expect(turns.take("known", nowMs)).toBe("known");
    expect(turns.length).toBe(1);
  });

  test("where it is full, the lane that holds most for its weight gives a place, and its eldest stays", () => {
    const turns = turnsFor<string>(20);
    for (let count = 0; count < 20; count += 1)
      turns.push(`machine ${count}`, standing(1, { lane: "machines", waitedMs: 100 - count }), nowMs);
    expect(turns.push("machine 20", standing(1, { lane: "machines", waitedMs: 80 }), nowMs)).toBe(
      "machine 20",
    );
    expect(turns.push("Tor", standing(2, { lane: "shared" }), nowMs)).toBe("machine 19");
    for (let count = 0; count < 30; count += 1) turns.push(`ticket ${count}`, standing(100 + count), nowMs);
    expect(drain(turns)).toContain("machine 0");
  });
});

test("who has waited too long is taken out, nobody else, and has its turn still", () => {
  const turns = turnsFor<string>(10);
  turns.push("early", standing(1), nowMs);
  turns.push("late", standing(2), nowMs + 900);
  expect(turns.takeSince(nowMs + 500)).toEqual(["early"]);
  expect(turns.remove("early")).toBe(false);
  turns.push("early again", standing(1, { waitedMs: 1 }), nowMs + 900);
  expect(drain(turns)).toEqual(["early again", "late"]);
});

test("what is told: soon where hardly anybody is ahead, later behind many, never at once, never for long", () => {
  const turns = turnsFor<string>(2_000);
  expect(turns.aboutMs(standing(1), nowMs)).toBe(3_000);
  for (let count = 0; count < 1_000; count += 1) turns.push(`someone ${count}`, standing(10 + count), nowMs);
  for (let count = 0; count < 500; count += 1) turns.take("all", nowMs + count * 20);
  const atMs = nowMs + 10_000;
  expect(turns.aboutMs(standing(1), atMs)).toBe(5_000);
  expect(turns.aboutMs(standing(1, { waitedMs: 1 }), atMs)).toBeWithin(9_000, 15_001);
  expect(turns.aboutMs(standing(1, { waitedMs: nowMs }), atMs)).toBe(15_000);
});

test("whoever shows a ticket before half of the time that they were told has asked once more than whoever didn't", () => {
  const turns = turnsFor<string>(10);
  const [hasty, patient] = [standing(1, { ticket: 1n }), standing(2, { ticket: 2n })];
  const toldMs = turns.aboutMs(hasty, nowMs);
  turns.aboutMs(patient, nowMs);
  turns.push("hasty", hasty, nowMs + toldMs / 2 - 1);
  turns.push("patient", patient, nowMs + toldMs / 2);
  expect(drain(turns, nowMs + toldMs)).toEqual(["patient", "hasty"]);
});

const comes = fc.array(
  fc.record({
    prefix: fc.integer({ min: 0, max: 5 }),
    lane: fc.constantFrom(...laneNames),
    effort: fc.integer({ min: 0, max: 2_000 }),
    ticket: fc.option(fc.bigInt({ min: 0n, max: 30n }), { nil: undefined }),
    waitedMs: fc.integer({ min: 0, max: 60_000 }),
    next: fc.constantFrom("nothing", "take", "take known", "remove", "overdue"),
  }),
  { maxLength: 300 },
);

test("everybody who comes leaves once: with a turn, turned away, by themselves or overdue; the limit holds", () => {
  fc.assert(
    fc.property(comes, fc.integer({ min: 1, max: 40 }), (all, most) => {
      const turns = turnsFor<number>(most, 1_000);
      const ends: (number | undefined)[] = [];
      for (const [at, { next, ticket, ...rest }] of all.entries()) {
        ends.push(turns.push(at, ticket === undefined ? rest : { ...rest, ticket }, at));
        expect(turns.length).toBeLessThanOrEqual(most);
        if (next === "take") ends.push(turns.take("all", at));
        if (next === "take known") ends.push(turns.take("known", at));
        if (next === "remove" && turns.remove(at)) ends.push(at);
        if (next === "overdue") ends.push(...turns.takeSince(at - 20));
      }
      ends.push(...drain(turns));
      expect(ends.filter((one) => one !== undefined).sort((a, b) => a - b)).toEqual([...all.keys()]);
    }),
  );
});

test("a flood of prefixes that never come to a turn makes nobody forget who had one", () => {
  const turns = turnsFor<string>(4);
  turns.push("bot", standing(1), nowMs);
  turns.take("all", nowMs);
  for (let prefix = 10; prefix < 100_000; prefix += 1) {
    turns.asked(prefix, nowMs);
    turns.push(`flood ${prefix}`, standing(prefix), nowMs);
    turns.remove(`flood ${prefix}`);
  }
  turns.push("bot", standing(1, { waitedMs: 1_000 }), nowMs);
  turns.push("new", standing(2), nowMs);
  expect(drain(turns)).toEqual(["new", "bot"]);
});
