/** Whoever plans for nine o'clock means the clock on their wall, also where the clocks have changed meanwhile. */
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { localTime, momentOfLocal } from "./local-time.ts";

test.each([
  ["2011-07-31T09:30", "Africa/Casablanca", "2011-07-31T09:30:00.000Z"],
  ["2026-07-31T09:30", "Africa/Casablanca", "2026-07-31T08:30:00.000Z"],
  ["2026-07-31T09:30", "Europe/Paris", "2026-07-31T07:30:00.000Z"],
  ["2026-01-31T09:30", "Europe/Paris", "2026-01-31T08:30:00.000Z"],
  ["2026-07-31T09:30:15", "UTC", "2026-07-31T09:30:15.000Z"],
  // Comes twice: the first one. Is skipped: an hour later.
  ["2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30:00.000Z"],
  ["2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30:00.000Z"],
  ["2026-02-31T99:30", "UTC", undefined],
  ["tomorrow", "UTC", undefined],
])("%s in %s", (local, timeZone, moment) => {
  expect(momentOfLocal(local, timeZone)).toBe(moment);
});

test("there and back again, whatever the minute", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 70 * 365 * 24 * 60 }),
      fc.constantFrom("Africa/Casablanca", "Europe/Paris", "Asia/Kathmandu", "America/New_York"),
      (minutes, timeZone) => {
        const local = localTime(new Date(minutes * 60_000).toISOString(), timeZone);
        const moment = momentOfLocal(local, timeZone) ?? "";
        expect(localTime(moment, timeZone)).toBe(local);
      },
    ),
  );
});
