// Sets of header names: the same for one program whatever it carries, bounded whatever is sent.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { HeaderSets, tellingHeaders } from "./header-set.ts";
import { Values } from "./values.ts";

const sets = new HeaderSets(new Values({ first: 1, second: 2 }));
const setOf = (...names: readonly string[]): string => sets.of(names).text;

const browser = [
  "accept",
  "accept-encoding",
  "accept-language",
  "sec-fetch-mode",
  "upgrade-insecure-requests",
  "user-agent",
];

test("a set is written sorted, whatever the order it came in", () => {
  expect(setOf("user-agent", "host", "accept")).toBe("accept,user-agent");
  expect(setOf("accept", "user-agent", "connection")).toBe("accept,user-agent");
  expect(setOf("host")).toBe("none");
  expect(setOf(...browser)).toBe(browser.join(","));
});

test("what comes and goes with one reader, and what proxies add, makes no difference", () => {
  const carried = [
    "cookie",
    "referer",
    "if-none-match",
    "cache-control",
    "range",
    "sec-fetch-user",
    "sec-ch-ua-mobile",
  ];
  expect(setOf(...browser, ...carried, "x-forwarded-for", "via")).toBe(browser.join(","));
});

test("a few unheard-of names are nothing, any number from ten on is one thing", () => {
  const unheard = (count: number): string[] => Array.from({ length: count }, (_, at) => `x-${at}`);
  expect(setOf("user-agent", ...unheard(9))).toBe("user-agent");
  expect(setOf("user-agent", ...unheard(10))).toBe("user-agent,others");
  expect(setOf("accept", ...unheard(5_000))).toBe("accept,others");
});

test("whatever names are sent, the set is of those that tell, and its hash is its text's", () => {
  const name = fc.oneof(fc.constantFrom(...tellingHeaders), fc.string({ unit: "binary", maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 200 }), (names) => {
      const { text, hash } = sets.of(names);
      for (const told of text.split(",")) expect([...tellingHeaders, "others", "none"]).toContain(told);
      expect(hash).toBe(new Values({ first: 1, second: 2 }).of(text).hash);
    }),
  );
});

test("no more names are looked at than a reader could send", () => {
  let looked = 0;
  function* endless(): Generator<string> {
    for (;;) yield `x-${(looked += 1)}`;
  }
  expect(sets.of(endless()).text).toBe("others");
  expect(looked).toBeLessThanOrEqual(100);
});
