// What workers see of the keys that the main thread keeps: never too little.
import { expect, test } from "bun:test";
import { KeptKeys } from "./kept-keys.ts";

const hashKey = { first: 1, second: 2 };

function threads(): [main: KeptKeys, worker: KeptKeys] {
  const memory = new SharedArrayBuffer(KeptKeys.bytes);
  return [new KeptKeys(memory, hashKey), new KeptKeys(memory, hashKey)];
}

const keys = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, at) => `/${name}/${at}`);

test("another thread sees every key that is kept, hardly any other, and none that is gone", () => {
  const [main, worker] = threads();
  const kept = keys(2_000, "kept");
  for (const key of kept) main.add(key);
  expect(kept.filter((key) => !worker.mayHave(key))).toEqual([]);
  expect(keys(20_000, "other").filter((key) => worker.mayHave(key)).length).toBeLessThan(200);
  for (const key of kept) main.remove(key);
  expect(kept.filter((key) => worker.mayHave(key))).toEqual([]);
});

test("a place that is too full to count never denies what is there", () => {
  const [main, worker] = threads();
  for (let times = 0; times < 300; times += 1) main.add("/a");
  for (let times = 0; times < 299; times += 1) main.remove("/a");
  expect(worker.mayHave("/a")).toBe(true);
});
