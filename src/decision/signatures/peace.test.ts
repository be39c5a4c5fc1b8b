// What is learned of readers, how little a flood or a busy source can teach, and what of it may lie on a disk.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { floods, plainReaders } from "../../../test/synthetic-floods.ts";
import { bare, desktop, key, many, reader, type Request, sampleOf } from "../../../test/synthetic-traffic.ts";
import { dayMs, hourMs } from "../../base/clock.ts";
import { seededRandom } from "../../base/random.ts";
import { valueHash } from "../requests/value-hash.ts";
import { traitIndex } from "./closed-texts.ts";
import { coarseTraits } from "./coarse-patterns.ts";
import { peaceRecordSchema } from "./peace-record.ts";
import { Peace } from "./peace.ts";
import { findRules } from "./search.ts";
import { floorWeight, strangeShareMax, type Usual } from "./usual.ts";
import { Window } from "./window.ts";

const startMs = 1_700_000_000_000;
const ceiling = 0.02;

describe("learning", () => {
  test("eight requests a second at most, two an hour of one source", () => {
    const rush = Peace.start(key);
    for (let tick = 0; tick < 100; tick += 1)
      rush.learn(sampleOf(visitors(tick * 50, 50)), startMs + tick * 100);
    expect(own(rush, startMs + 20_000)).toBe(80);

    const busy = Peace.start(key);
    for (let second = 0; second < 600; second += 1) {
      busy.learn(sampleOf([{ ...reader, source: 1 }]), startMs + second * 1_000);
    }
    expect(own(busy, startMs + 700_000)).toBe(2);
  });

  test("nothing is remembered of a day before", () => {
    const peace = Peace.start(key);
    learnFor(peace, startMs, 2 * hourMs, visitors);
    expect(own(peace, startMs + 3 * hourMs)).toBeGreaterThan(100);
    expect(own(peace, startMs + 27 * hourMs)).toBe(0);
    learnFor(peace, startMs + 28 * hourMs, hourMs, visitors);
    peace.forget(startMs + 60 * hourMs);
    expect(own(peace, startMs + 29 * hourMs)).toBe(0);
  });

  test("a country's own readers raise what a rule would harm there, and few of them count more", () => {
    const terms = [{ trait: "method", value: "HEAD" } as const, { trait: "pace", value: "1" } as const];
    const before = Peace.start(key).usual(startMs).harm(terms).share;
    const peace = Peace.start(key);
    learnFor(peace, startMs, hourMs, (first, count) =>
      Array.from(visitors(first, count), (one) => ({
        ...one,
        method: "HEAD",
        program: "feed-reader",
        place: "feed",
      })),
    );
    expect(peace.usual(startMs + hourMs).harm(terms).share).toBeGreaterThan(before);
  });

  test("the prior fades after a day of own calm, down to its floor", () => {
    const phones = (usual: Usual): number =>
      usual.rows
        .filter(({ groups, everywhere }) => everywhere > 0 && groups[0] === valueHash("phone", key))
        .reduce((sum, { weight }) => sum + weight, 0);
    const day = (calmS: number): Usual =>
      Peace.start(key, { version: 1, calm_s: calmS, patterns: [] }).usual(startMs);
    expect(phones(day(0))).toBeCloseTo(3_300, -2);
    expect(phones(day(86_400))).toBeCloseTo(3_300, -2);
    expect(phones(day(3 * 86_400))).toBeCloseTo(825, -2);
    expect(phones(day(30 * 86_400))).toBeCloseTo(floorWeight, -1);
  });
});

describe("on disk", () => {
  test("only what at least 20 sources share, and nothing but closed sets", () => {
    const peace = Peace.start(key);
    for (let at = 0; at < 19; at += 1) {
      peace.learn(sampleOf([{ ...reader, source: at }]), startMs + at * 1_000);
      peace.learn(sampleOf([{ ...desktop, source: at }]), startMs + at * 1_000 + 500);
    }
    expect(peace.record().patterns).toEqual([]);
    for (let at = 19; at < 100; at += 1)
      peace.learn(sampleOf([{ ...reader, source: at }]), startMs + at * 1_000);
    const record = peace.record();
    expect(record.patterns).toHaveLength(1);
    const text = JSON.stringify(record);
    for (const open of [reader.agent, reader.path, reader.block, reader.prefix])
      expect(text).not.toContain(`"${open}"`);
    expect(peaceRecordSchema.parse(JSON.parse(text))).toEqual(record);
  });

  test("a country, a method or a program that isn't one is refused on the way back", () => {
    const peace = Peace.start(key);
    learnFor(peace, startMs, hourMs, visitors);
    const record = peace.record();
    const [pattern] = record.patterns;
    for (const trait of ["country", "method", "program", "pace"] as const) {
      const values = pattern?.values.with(coarseTraits.indexOf(trait), "192.0.2.7") ?? [];
      expect(peaceRecordSchema.safeParse({ ...record, patterns: [{ values, count: 1 }] }).success).toBe(
        false,
      );
    }
  });

  test("never more than 500 kB, whatever comes", () => {
    const random = seededRandom(4);
    const peace = Peace.start(key);
    const value = (values: readonly string[]): string =>
      values[Math.floor(random.next() * values.length)] ?? "";
    const letters = Array.from("ABCDEFGH");
    const countries = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
    for (let second = 0; second < 40_000; second += 1) {
      const kind = {
        ...reader,
        country: value(countries),
        pace: value(["0", "1", "2", "4"]),
        place: value(["page", "front", "list"]),
      };
      peace.learn(
        sampleOf(many(8, (at) => ({ ...kind, source: second * 8 + at }))),
        startMs + second * 1_000,
      );
    }
    const { patterns } = peace.record();
    expect(patterns.length).toBeGreaterThan(300);
    expect(patterns.length).toBeLessThanOrEqual(1_024);
    expect(JSON.stringify(peace.record()).length).toBeLessThan(500_000);
  });

  test("what was recalled stands in for a memory that is empty after a restart", () => {
    const peace = Peace.start(key);
    learnFor(peace, startMs, 10 * hourMs, visitors);
    const restarted = Peace.start({ first: 5, second: 6 }, peace.record());
    expect(own(restarted, startMs)).toBeGreaterThan(0);
    expect(restarted.record().patterns.length).toBe(peace.record().patterns.length);
  });
});

describe("twelve days of a low flood before the real one", () => {
  const poisons: Readonly<Record<string, (source: number) => Request>> = {
    "with nothing but Host, one at a time": (source) => ({ ...bare, pace: "0", source }),
    "with nothing but Host, as hasty as the flood": (source) => ({ ...bare, source }),
    "with complete browser headers at 8/s": (source) => ({ ...reader, country: "SA", pace: "8", source }),
  };
  for (const [name, poison] of Object.entries(poisons)) {
    test(`${name}: it isn't usual afterwards, its rule is as harmless as before`, () => {
      const peace = Peace.start(key);
      // Seven of eight requests are the flood's, from 3,000 sources.
      for (let minute = 0; minute < (12 * dayMs) / 60_000; minute += 3) {
        const planted = many(7, (at) => poison((minute * 7 + at) % 3_000));
        peace.learn(sampleOf([...visitors(minute, 1), ...planted]), startMs + minute * 60_000);
      }
      const endMs = startMs + 12 * dayMs;
      const usual = peace.usual(endMs);
      const flood = many(2_000, (at) => ({ ...poison(at), pace: "8" }));
      const [rule] = rulesFor(flood, usual, endMs);
      expect(rule?.coverage).toBeGreaterThan(0.9);
      expect(rule?.worst.share).toBeLessThanOrEqual(ceiling);

      // Without the bound on what is strange, the country that it came from would have been won over.
      const country = valueHash("SA", key);
      const there = usual.rows.filter(({ groups }) => groups[1] === country);
      const planted = there.filter(({ strange }) => strange).length;
      expect(planted / (there.length + floorWeight)).toBeGreaterThan(ceiling);
      expect(strangeShareMax).toBeLessThan(ceiling);
    }, 30_000);
  }
});

test("any floods and readers whatever: learning them never makes a search or a record fail", () => {
  const names = Object.keys(floods);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 5 }), fc.integer(), (chosen, seed) => {
      const peace = Peace.start(key);
      chosen.forEach((name, at) => {
        peace.learn(sampleOf(floods[name]?.(seededRandom(seed), 50) ?? []), startMs + at * 1_000);
      });
      expect(peaceRecordSchema.safeParse(peace.record()).success).toBe(true);
      for (const { worst } of rulesFor(
        many(200, () => bare),
        peace.usual(startMs + 9_000),
        startMs,
      )) {
        expect(worst.share).toBeLessThanOrEqual(ceiling);
      }
    }),
    { numRuns: 30 },
  );
});

function visitors(first: number, count: number): Request[] {
  return Array.from(plainReaders(seededRandom(first + 1), count), (one, at) => ({
    ...one,
    source: 5_000_000 + first + at,
  }));
}

/** Eight requests a minute. */
function learnFor(
  peace: Peace,
  fromMs: number,
  forMs: number,
  who: (first: number, count: number) => Request[],
): void {
  for (let passedMs = 0; passedMs < forMs; passedMs += 60_000) {
    peace.learn(sampleOf(who(passedMs / 6_000, 8)), fromMs + passedMs);
  }
}

/** Rows that aren't the prior's. */
function own(peace: Peace, atMs: number): number {
  return peace.usual(atMs).rows.filter(({ everywhere }) => everywhere === 0).length;
}

function rulesFor(requests: readonly Request[], usual: Usual, atMs: number) {
  const window = new Window(key, 8);
  window.add(sampleOf(requests), atMs);
  const nothing = { covered: [], barred: () => false, evaded: () => false };
  return findRules(window, usual, { ceiling, excess: requests.length, ...nothing }, atMs + 900);
}

test("vectors hold their traits where they are looked for", () => {
  const { vectors } = sampleOf([{ country: "SA" }]);
  expect(vectors[traitIndex.country]).toBe(valueHash("SA", key));
});
