/** Did you mean …? */
import { expect, test } from "bun:test";
import { nearest } from "./nearest.ts";

const names = ["status", "publish", "up", "bans", "prefix_rate", "prefix_burst"];

test.each([
  ["statsu", "status"],
  ["stats", "status"],
  ["pubish", "publish"],
  ["pu", "up"],
  ["prefix_rates", "prefix_rate"],
  ["prefixburst", "prefix_burst"],
])("%s is near %s", (word, name) => {
  expect(nearest(word, names)).toBe(name);
});

test.each(["", "x", "entirely-else", "s".repeat(1_000_000)])("nothing is near %s", (word) => {
  expect(nearest(word, names)).toBeUndefined();
});
