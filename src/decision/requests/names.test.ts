// Texts behind hashes: told once, bounded on both sides, and known to the main thread for as long as a worker thinks so.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { Names, NamesToTell } from "./names.ts";

test("each is told once", () => {
  const telling = new NamesToTell();
  for (const hash of [1, 2, 1, 1, 2]) telling.add(hash, `text ${hash}`);
  expect(telling.take()).toEqual([
    [1, "text 1"],
    [2, "text 2"],
  ]);
  telling.add(1, "text 1");
  expect(telling.take()).toEqual([]);
});

test("of a flood of texts, some are told at a time, the others when they come again", () => {
  const telling = new NamesToTell();
  for (let hash = 0; hash < 5_000; hash += 1) telling.add(hash, `${hash}`);
  const first = telling.take();
  expect(first.length).toBeLessThanOrEqual(1_024);
  telling.add(4_999, "4999");
  expect(telling.take()).toEqual([[4_999, "4999"]]);
});

test("what is in use is known, however much another worker tells meanwhile", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000), { minLength: 50, maxLength: 120 }), (floods) => {
      const [calm, flooded] = [new NamesToTell(), new NamesToTell()];
      const names = new Names(2);
      let hash = 1_000;
      for (const flood of floods) {
        calm.add(7, "in use");
        for (const end = hash + flood; hash < end; hash += 1) flooded.add(hash, `${hash}`);
        names.learn(calm.take());
        names.learn(flooded.take());
        expect(names.textOf(7)).toBe("in use");
      }
      expect(names.size).toBeLessThanOrEqual(41_000);
    }),
    { numRuns: 20 },
  );
});

test("the main thread forgets what was told first", () => {
  const names = new Names(1);
  for (let hash = 0; hash < 50_000; hash += 1) names.learn([[hash, `${hash}`]]);
  expect(names.size).toBe(20_480);
  expect([names.textOf(0), names.textOf(49_999)]).toEqual([undefined, "49999"]);
});
