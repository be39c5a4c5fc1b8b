// What is dear is shed before it costs anything.
import { expect, test } from "bun:test";
import { Budget } from "./budget.ts";

test("so many at once, and so many more each second", () => {
  let nowMs = 0;
  const budget = new Budget(100, () => nowMs);
  const taken = (): number => Array.from({ length: 500 }, () => budget.take()).filter(Boolean).length;
  expect(taken()).toBe(100);
  nowMs += 250;
  expect(taken()).toBe(25);
  nowMs += 3_600_000;
  expect(taken()).toBe(100);
});
