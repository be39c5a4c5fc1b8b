// Keys by what they name: the same is forgotten as if all that is kept were looked at, and only that is looked at.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { KeptByTarget } from "./kept-by-target.ts";
import { type Purge, purges } from "./purge.ts";

const path = fc.constantFrom("/", "/a", "/a/", "/a/b", "/ab");
const target = fc
  .tuple(path, fc.constantFrom("", "?x=1", "?x=12", "?x=1&y=2"))
  .map(([at, query]) => at + query);
const key = fc
  .tuple(
    target,
    fc.constantFrom("http\nlocalhost", "https\nexample.org", "http\nlocalhost\naccept-language: ar"),
  )
  .map(([of, rest]) => `${of}\n${rest}`);
const what: fc.Arbitrary<Purge> = fc.oneof(
  target.map((address) => ({ kind: "address", address }) as const),
  target.map((of) => ({ kind: "target", target: of }) as const),
  path.map((prefix) => ({ kind: "below", prefix }) as const),
  fc.constant({ kind: "all" } as const),
);
const step = fc.oneof(
  fc.record({ set: key, weight: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ delete: key }),
);

test("whatever was set, deleted and crowded out, what is meant is what there is of it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), what, (steps, asked) => {
      const kept = new KeptByTarget<number>(20);
      for (const [at, one] of steps.entries()) {
        if ("set" in one) kept.set(one.set, at, one.weight);
        else kept.delete(one.delete);
      }
      const all = [...kept.entries()].filter(([name]) => purges(asked, name, undefined));
      const meant = [...kept.meantBy(asked)].filter(([name]) => purges(asked, name, undefined));
      expect(new Map(meant)).toEqual(new Map(all));
    }),
  );
});

test("a change of one address looks at that address alone", () => {
  const kept = new KeptByTarget<number>(10_000);
  for (let at = 0; at < 1_000; at += 1) kept.set(`/?s=${at}\nhttp\nlocalhost`, at);
  for (let at = 0; at < 1_000; at += 1) kept.set(`/${at}\nhttp\nlocalhost`, at);
  const looked = (asked: Purge): number => [...kept.meantBy(asked)].length;
  expect(looked({ kind: "target", target: "/?s=7" })).toBe(1);
  expect(looked({ kind: "target", target: "/" })).toBe(0);
  expect(looked({ kind: "address", address: "/7" })).toBe(1);
  expect(looked({ kind: "address", address: "/?s=7" })).toBe(1);
});

test("what is gone leaves nothing in the index", () => {
  const kept = new KeptByTarget<number>(10);
  for (let at = 0; at < 1_000; at += 1) kept.set(`/${at}\nhttp\nlocalhost`, at);
  let found = 0;
  for (let at = 0; at < 1_000; at += 1)
    found += [...kept.meantBy({ kind: "address", address: `/${at}` })].length;
  expect(found).toBe(10);
});
