// Since when the origin is away, over restarts: of this origin, never of a time to come, whatever stands in the file.
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { EdgeDatabase } from "../edge-database.ts";
import { AwayMemory } from "./away-memory.ts";

const nowMs = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), "kasbah-away-"));
let databases = 0;
afterAll(() => rmSync(folder, { recursive: true }));

function openMemory(database: EdgeDatabase, url = "http://127.0.0.1:9000"): AwayMemory {
  return new AwayMemory({ url, database, clock: new ManualClock(nowMs), log: silentLog });
}

function openDatabase(): EdgeDatabase {
  databases += 1;
  return new EdgeDatabase(join(folder, `${databases}.sqlite`));
}

test("what was kept last is recalled, of the same origin alone", () => {
  using database = openDatabase();
  expect(openMemory(database).sinceMs).toBeUndefined();
  openMemory(database).keep(nowMs - 5_000);
  expect(openMemory(database).sinceMs).toBe(nowMs - 5_000);
  expect(openMemory(database, "http://127.0.0.1:9001").sinceMs).toBeUndefined();
  openMemory(database).keep(undefined);
  expect(openMemory(database).sinceMs).toBeUndefined();
});

test.each(["nonsense", "{}", '{"url":"http://127.0.0.1:9000","sinceMs":1000001}'])(
  "%s is no moment",
  (text) => {
    using database = openDatabase();
    database.remember({ "origin-away": text }, nowMs);
    expect(openMemory(database).sinceMs).toBeUndefined();
  },
);
