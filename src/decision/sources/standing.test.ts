// Who is remembered when more come than there is room for: readers in good standing are, a flood of one-time sources is not.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { Source } from "../source.ts";
import { SourceTable } from "./source-table.ts";

const key = { first: 0x0bad_cafe, second: 0x5eed_5eed };
const start = Date.UTC(2011, 6, 31, 14);
const minuteMs = 60_000;
const page = { fingerprint: 1, query: 0, part: 0 };
const at = (low: number): Source => ({ v6: false, high: 0, low: low >>> 0 });

const create = (sources: number): SourceTable =>
  new SourceTable(key, new ArrayBuffer(SourceTable.bytes(sources)));

function visit(table: SourceTable, low: number, nowMs: number): void {
  table.noteRequest(table.place(at(low), nowMs), page, nowMs);
}

/** Three million sources, each of which comes once, in half a minute. */
function flood(table: SourceTable, onset: number): void {
  for (let sent = 0; sent < 3_000_000; sent += 1) visit(table, 2 ** 31 + sent, onset + sent / 100);
}

function mark(table: SourceTable, low: number, nowMs: number): void {
  table.setLadder(table.place(at(low), nowMs), { strikes: 64, matched: 64, unmatched: 0 });
}

/** How many of so many sources, from a first one on, are remembered for their strikes. */
function marked(table: SourceTable, count: number, nowMs: number, from = 0): number {
  const strikes = Array.from(
    { length: count - from },
    (_, low) => table.ladderOf(table.place(at(from + low), nowMs)).strikes,
  );
  return strikes.filter((each) => each > 0).length;
}

/** How many of so many sources are in good standing. */
function known(table: SourceTable, count: number, nowMs: number): number {
  return Array.from({ length: count }, (_, low) => table.isKnown(table.place(at(low), nowMs), nowMs)).filter(
    Boolean,
  ).length;
}

describe("a full table", () => {
  const readers = 20_000;

  test("keeps every reader in good standing through a flood of three million sources that come once each", () => {
    const table = create(65_536);
    for (let low = 0; low < readers; low += 1) visit(table, low, start);
    const onset = start + 5 * minuteMs;
    table.tellCalm(false, onset);
    const before = known(table, readers, onset);
    flood(table, onset);
    expect(before).toBeGreaterThan(readers * 0.999);
    expect(known(table, readers, onset + minuteMs)).toBe(before);
  });

  test("forgets the same readers where they have no standing: it is what keeps them", () => {
    const table = create(65_536);
    table.tellCalm(false, start);
    for (let low = 0; low < readers; low += 1) mark(table, low, start);
    flood(table, start + 5 * minuteMs);
    expect(marked(table, readers, start + 5 * minuteMs)).toBeLessThan(readers / 100);
  });

  test("forgets the oldest of a bucket first, and whoever was forgotten is new", () => {
    const table = create(1);
    for (let low = 0; low < 8; low += 1) mark(table, low, start + low * 2_000);
    mark(table, 99, start + minuteMs);
    expect(marked(table, 8, start + minuteMs, 1)).toBe(7);
    expect(marked(table, 1, start + minuteMs)).toBe(0);
  });

  test("keeps who was there lately even from readers, and counts the newcomer as new each time", () => {
    const table = create(1);
    for (let low = 0; low < 8; low += 1) visit(table, low, start);
    table.noteEnd(table.place(at(99), start + minuteMs), 200, true);
    expect(table.hasParts(table.place(at(99), start + minuteMs))).toBe(false);
    expect(known(table, 8, start + minuteMs)).toBe(8);
    visit(table, 99, start + 12 * minuteMs);
    expect(known(table, 8, start + 12 * minuteMs)).toBeLessThan(8);
  });
});

describe("a million sources", () => {
  test("take at most 64 MB, and fewer than five in a hundred of them find no room", async () => {
    const run = Bun.spawn([process.execPath, join(import.meta.dir, "../../../test/million-sources.ts")]);
    const { resident, remembered } = (await new Response(run.stdout).json()) as {
      readonly resident: number;
      readonly remembered: number;
    };
    expect(resident).toBeLessThan(64 * 1024 * 1024);
    expect(remembered).toBeGreaterThan(950_000);
  }, 30_000);
});
