// Lists of Tor's exits in both forms that there are, and whatever else may stand in such a file.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { exitsIn } from "./exit-list.ts";

const bytesOf = (text: string): number[][] => exitsIn(text).map(({ base }) => Array.from(base.bytes));

test("one address a line", () => {
  expect(bytesOf("# of today\n192.0.2.7\r\n2001:db8::7\n\n198.51.100.0/24 # a carrier\n")).toEqual([
    [192, 0, 2, 7],
    [0x20, 1, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 7],
    [198, 51, 100, 0],
  ]);
});

test("the lines of an exit list that name an address", () => {
  const text =
    "ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\nPublished 2026-11-22 00:12:13\nLastStatus 2026-11-22 01:00:00\nExitAddress 192.0.2.7 2026-11-22 01:02:03\n";
  expect(bytesOf(text)).toEqual([[192, 0, 2, 7]]);
});

test("whatever else it is, is no network, and throws nothing", () => {
  expect(exitsIn("<!doctype html>\n<h1>404</h1>\n10\n300.1.2.3\nwww.example.org\n")).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(exitsIn(text).length).toBeLessThanOrEqual(text.split("\n").length);
    }),
  );
});
