/** Places by person. */
import { expect, test } from "bun:test";
import { Shares } from "./shares.ts";

test("nobody takes more than their share, whoever else comes; a place given back twice is one place", () => {
  const shares = new Shares<string>(2);
  const [first, second] = [shares.take("amina"), shares.take("amina")];
  expect([typeof first, typeof second, shares.take("amina")]).toEqual(["function", "function", undefined]);
  expect(shares.take("brahim")).toBeFunction();
  first?.();
  first?.();
  expect(shares.take("amina")).toBeFunction();
  expect(shares.take("amina")).toBeUndefined();
});
