// Remembering what was made: each is made once while it is used, and never more than the limit is kept.
import { expect, test } from "bun:test";
import { Remembered } from "./remembered.ts";

test("header lines are remembered up to the limit, those that come again before those that don't", () => {
  const made: string[] = [];
  const remembered = new Remembered((header: string) => made.push(header), 4);
  for (const header of ["a", "b", "a", "b"]) remembered.of(header);
  expect(made).toEqual(["a", "b"]);
  for (let flood = 0; flood < 100; flood += 1) {
    remembered.of(`never again ${flood}`);
    remembered.of("a");
    expect(remembered.size).toBeLessThanOrEqual(4);
  }
  expect(made.filter((header) => header === "a")).toHaveLength(1);
  remembered.of("b");
  expect(made.filter((header) => header === "b")).toHaveLength(2);
});

test("that nothing could be made of a line is remembered, too", () => {
  let made = 0;
  const remembered = new Remembered<undefined>(() => void (made += 1), 4);
  for (let time = 0; time < 10; time += 1) remembered.of("a");
  expect(made).toBe(1);
});
