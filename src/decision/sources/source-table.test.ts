// The memory of sources against exact counts: what it may get wrong, in which direction, and what it does when full.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { seededRandom } from "../../base/random.ts";
import type { Source } from "../source.ts";
import { SourceTable } from "./source-table.ts";

const key = { first: 0x1234_5678, second: 0x9abc_def0 };
const start = Date.UTC(2011, 6, 31, 14);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const page = { fingerprint: 1, query: 0, part: 0 };

const memories = new WeakMap<SourceTable, ArrayBuffer>();

function create(sources = 1_000): SourceTable {
  const memory = new ArrayBuffer(SourceTable.bytes(sources));
  const table = new SourceTable(key, memory);
  memories.set(table, memory);
  return table;
}

/** Eight words each, the first of which is empty where nobody is; eight more before them. */
function placesTaken(table: SourceTable): number {
  const words = new Uint32Array(memories.get(table) ?? new ArrayBuffer());
  return words.filter((word, index) => index >= 8 && index % 8 === 0 && word !== 0).length;
}

const at = (low: number): Source => ({ v6: false, high: 0, low: low >>> 0 });

/** One request for a page; its pace class afterwards. */
function ask(table: SourceTable, source: Source, nowMs: number, request = page): number {
  const place = table.place(source, nowMs);
  table.noteRequest(place, request, nowMs);
  return table.paceOf(place, nowMs);
}

const knows = (table: SourceTable, source: Source, nowMs: number): boolean =>
  table.isKnown(table.place(source, nowMs), nowMs);

function forgetAll(table: SourceTable, nowMs: number, places: number): void {
  for (let calls = 0; calls <= places / 32_768; calls += 1) table.forget(nowMs);
}

describe("pace", () => {
  test.each([1, 2, 4, 8, 16, 32])(
    "at a steady %d requests/s, its class is that within two seconds",
    (rate) => {
      const table = create();
      let pace = 0;
      for (let sent = 0; sent <= 2.5 * rate; sent += 1)
        pace = ask(table, at(7), start + (sent * 1_000) / rate);
      expect(pace).toBe(rate);
    },
  );

  test("lies between what the last second and the last three hold exactly, however requests come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(900), { minLength: 1, maxLength: 80 }), (gaps) => {
        const table = create();
        const times: number[] = [];
        let nowMs = start;
        for (const gap of gaps) {
          nowMs += gap;
          times.push(nowMs);
          const pace = ask(table, at(7), nowMs);
          const within = (ms: number): number => times.filter((time) => time > nowMs - ms).length / 2;
          expect(pace).toBeLessThanOrEqual(within(3_000));
          if (within(2_000) >= 1) expect(pace * 2).toBeGreaterThanOrEqual(Math.min(32, within(1_000)));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("counts one part over and over, which is no browser's; not again with the next page", () => {
    const table = create();
    const style = { ...page, part: 7 };
    for (let sent = 0; sent <= 16; sent += 1) ask(table, at(7), start + sent * 100, style);
    expect(ask(table, at(7), start + 1_700, style)).toBe(8);
    let pace = 0;
    for (let sent = 0; sent <= 4; sent += 1) {
      ask(table, at(8), start + sent * 500, page);
      pace = ask(table, at(8), start + sent * 500, style);
    }
    expect(pace).toBe(2);
  });

  test("is forgotten after three seconds, and parts don't count", () => {
    const table = create();
    for (let sent = 0; sent < 40; sent += 1) ask(table, at(7), start);
    expect(table.paceOf(table.place(at(7), start + 3_000), start + 3_000)).toBe(0);
    for (let part = 1; part <= 30; part += 1)
      expect(ask(table, at(8), start + part * 10, { ...page, part })).toBe(0);
  });
});

describe("what it counts of a source", () => {
  const queriesOf = (table: SourceTable, nowMs = start): number => table.queriesOf(table.place(at(7), nowMs));
  const query = (text: number): typeof page => ({ ...page, query: Math.imul(text + 1, 0x9e37_79b1) >>> 0 });

  test("different queries are never more than there were, the same one again is none, and a minute forgets them", () => {
    const table = create();
    const random = seededRandom(4);
    for (let sent = 1; sent <= 40; sent += 1) {
      ask(table, at(7), start, { ...page, query: Math.floor(random.next() * 2 ** 32) || 1 });
      expect(queriesOf(table)).toBeLessThanOrEqual(sent);
    }
    expect(queriesOf(table)).toBe(8);
    for (let sent = 0; sent < 40; sent += 1) ask(table, at(8), start, query(1));
    expect(table.queriesOf(table.place(at(8), start))).toBe(0);
    expect(queriesOf(table, start + 64_000)).toBe(0);
  });

  test("many programs at one address make it shared, until an hour or so later", () => {
    const table = create();
    const shared = (nowMs = start): string => table.sharedOf(table.place(at(7), nowMs));
    ask(table, at(7), start);
    expect(shared()).toBe("one");
    ask(table, at(7), start, { ...page, fingerprint: 2 });
    expect(shared()).toBe("few");
    for (let fingerprint = 3; fingerprint < 9; fingerprint += 1)
      ask(table, at(7), start, { ...page, fingerprint });
    expect(shared()).toBe("many");
    expect(shared(start + 70 * minuteMs)).toBe("one");
  });

  test("misses halve; a refusal by pace is none; parts stay for half an hour at least, an hour at most", () => {
    const table = create();
    const place = table.place(at(7), start);
    for (const status of [404, 404, 405, 429, 200, 503, 404]) table.noteEnd(place, status, false);
    expect(table.missesOf(place)).toBe(4);
    expect(table.missesOf(table.place(at(7), start + 16_000))).toBe(2);
    expect(table.missesOf(table.place(at(7), start + 64_000))).toBe(0);
    table.noteEnd(place, 200, true);
    const hasParts = (minutes: number): boolean =>
      table.hasParts(table.place(at(7), start + minutes * minuteMs));
    expect([1, 33, 60].map(hasParts)).toEqual([true, true, false]);
  });

  test("everything holds when the clock is set back an hour", () => {
    const table = create();
    table.setLadder(table.place(at(7), start), { strikes: 5, matched: 5, unmatched: 0 });
    expect(table.ladderOf(table.place(at(7), start - hourMs)).strikes).toBe(5);
  });
});

describe("standing", () => {
  test("who read in calm a minute ago has it, or at once with a page's parts; within that minute nobody else", () => {
    const table = create();
    ask(table, at(7), start);
    expect(knows(table, at(7), start + minuteMs - 2_000)).toBe(false);
    expect(knows(table, at(7), start + minuteMs)).toBe(true);
    ask(table, at(8), start);
    table.noteEnd(table.place(at(8), start), 200, true);
    expect(knows(table, at(8), start + 1_000)).toBe(true);
  });

  test("a flood that begins in calm gets none, neither when it fetches parts nor when calm is back; readers keep theirs", () => {
    const table = create();
    ask(table, at(1), start - hourMs / 2);
    ask(table, at(7), start);
    table.tellCalm(false, start + 2_000);
    for (const source of [7, 8]) {
      ask(table, at(source), start + 3_000);
      table.noteEnd(table.place(at(source), start + 3_000), 200, true);
    }
    const known = (nowMs: number): boolean[] => [1, 7, 8].map((source) => knows(table, at(source), nowMs));
    expect(known(start + 2 * minuteMs)).toEqual([true, false, false]);
    table.tellCalm(true, start + 10 * minuteMs);
    expect(known(start + 20 * minuteMs)).toEqual([true, false, false]);
    ask(table, at(7), start + 20 * minuteMs);
    expect(knows(table, at(7), start + 22 * minuteMs)).toBe(true);
  });

  test("pulses within an hour are one time of doubt", () => {
    const table = create();
    for (let pulse = 0; pulse < 3; pulse += 1) {
      const nowMs = start + pulse * 20 * minuteMs;
      ask(table, at(pulse), nowMs - 1_000);
      table.tellCalm(false, nowMs);
      table.tellCalm(true, nowMs + minuteMs);
    }
    expect([0, 1, 2].map((source) => knows(table, at(source), start + 50 * minuteMs))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("it isn't given to who is faster than readers, more so the fewer share the address", () => {
    const table = create();
    for (let sent = 0; sent < 12; sent += 1) {
      ask(table, at(7), start);
      ask(table, at(8), start, { ...page, fingerprint: sent });
    }
    const atReadersPace = (low: number): boolean => table.isAtReadersPace(table.place(at(low), start), start);
    expect([atReadersPace(7), atReadersPace(8)]).toEqual([false, true]);
  });
});

describe("forgetting", () => {
  test("an hour after the last request without standing, a day with it; nothing tells of more than a day", () => {
    const table = create();
    ask(table, at(7), start);
    table.tellCalm(false, start + 2 * minuteMs);
    table.setLadder(table.place(at(8), start + 3 * minuteMs), { strikes: 60, matched: 9, unmatched: 0 });
    const left = (nowMs: number): number => {
      forgetAll(table, nowMs, 1_504);
      return placesTaken(table);
    };
    expect(left(start + 62 * minuteMs)).toBe(2);
    expect(left(start + 64 * minuteMs)).toBe(1);
    expect(left(start + 23.8 * hourMs)).toBe(1);
    expect(left(start + 24 * hourMs)).toBe(0);
  });

  test("who comes every day is known, but not since when", () => {
    const table = create();
    for (let hour = 0; hour < 72; hour += 1) ask(table, at(7), start + hour * hourMs);
    expect(knows(table, at(7), start + 72 * hourMs)).toBe(true);
  });

  test("one call looks at a bounded number of places, and takes less than 2 ms", () => {
    const table = create(1_000_000);
    for (let source = 0; source < 300_000; source += 1) table.place(at(source), start);
    const taken = placesTaken(table);
    const timesMs = Array.from({ length: 20 }, () => {
      const beganMs = performance.now();
      table.forget(start + 2 * hourMs);
      return performance.now() - beganMs;
    });
    const first = taken - placesTaken(table);
    expect(first).toBeLessThanOrEqual(20 * 32_768);
    expect(timesMs.sort((a, b) => a - b)[10]).toBeLessThan(2);
  });
});
