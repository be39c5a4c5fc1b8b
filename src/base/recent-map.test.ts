// The map that forgets: held against a plain list that does the same slowly.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { RecentMap } from "./recent-map.ts";

type Step = { readonly do: "get" | "set" | "delete"; readonly key: number; readonly weight: number };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom("get", "set", "delete"),
  key: fc.integer({ min: 0, max: 9 }),
  weight: fc.integer({ min: 1, max: 12 }),
});

/** Newest last. */
class SlowMap {
  entries: { key: number; weight: number }[] = [];
  readonly weightMax: number;

  constructor(weightMax: number) {
    this.weightMax = weightMax;
  }

  apply({ do: what, key, weight }: Step): void {
    const found = this.entries.find((entry) => entry.key === key);
    this.entries = this.entries.filter((entry) => entry !== found);
    if (what === "get" && found !== undefined) this.entries.push(found);
    if (what !== "set" || weight > this.weightMax) return;
    while (this.weight + weight > this.weightMax) this.entries.shift();
    this.entries.push({ key, weight });
  }

  get weight(): number {
    return this.entries.reduce((sum, entry) => sum + entry.weight, 0);
  }
}

test("it holds the most recent ones and never more than its limit", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const map = new RecentMap<number, string>(10);
      const slow = new SlowMap(10);
      for (const one of steps) {
        slow.apply(one);
        if (one.do === "get") map.get(one.key);
        else if (one.do === "set") map.set(one.key, `${one.key}`, one.weight);
        else map.delete(one.key);
        expect(new Set(map.keys())).toEqual(new Set(slow.entries.map(({ key }) => key)));
        expect(map.weight).toBe(slow.weight);
      }
    }),
  );
});

test("old entries are forgotten from the least recently used on", () => {
  const map = new RecentMap<string, number>(10);
  for (const [key, at] of Object.entries({ a: 1, b: 2, c: 3 })) map.set(key, at);
  map.forgetWhile((at) => at < 3);
  expect([...map.keys()]).toEqual(["c"]);
});
