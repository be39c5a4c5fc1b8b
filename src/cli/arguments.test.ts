// What commands take as times.
import { expect, test } from "bun:test";
import { momentAhead } from "./arguments.ts";

const nowMs = Date.UTC(2011, 6, 31, 14, 5);
const ahead = (text: string, timeZone = "Africa/Casablanca"): string => momentAhead(text, nowMs, timeZone);

test.each([
  ["2h", "2011-07-31T16:05:00.000Z"],
  ["45m", "2011-07-31T14:50:00.000Z"],
  ["2011-08-01T06:00:00Z", "2011-08-01T06:00:00.000Z"],
  ["2011-08-01T06:00+01:00", "2011-08-01T05:00:00.000Z"],
])("%s", (text, moment) => {
  expect(ahead(text)).toBe(moment);
});

test("a time of day is the next one where the newsroom is", () => {
  expect(ahead("18:00", "UTC")).toBe("2011-07-31T18:00:00.000Z");
  expect(ahead("18:00", "Asia/Tokyo")).toBe("2011-08-01T09:00:00.000Z");
  expect(ahead("14:05", "UTC")).toBe("2011-08-01T14:05:00.000Z");
  expect(ahead("9h30", "UTC")).toBe("2011-08-01T09:30:00.000Z");
});

test.each([
  "",
  "soon",
  "25:00",
  "18:60",
  "0h",
  "-2h",
  "2011-07-31",
  "2011-13-01T00:00:00Z",
  "2010-01-01T00:00:00Z",
  "999d",
  "18:00 ",
])("%p is refused", (text) => {
  expect(() => ahead(text)).toThrow("is not a");
});
