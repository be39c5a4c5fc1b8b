// Rules on the hot path: what matches, which of several counts, what is never asked.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { requestView, type TestRequest, testKey } from "../../../test/request-facts.ts";
import { testRule } from "../../../test/rule.ts";
import type { Rule, RuleState } from "../signatures/rule.ts";
import { CompiledRules, rulesMax } from "./compiled-rules.ts";
import { ordinal, type Term, type Trait, traits } from "./trait.ts";

function rule(id: string, terms: readonly Term[], state: RuleState = "active"): Rule {
  return testRule({ id, terms, state });
}

function matched(rules: readonly Rule[], request: TestRequest = {}): string | undefined {
  return new CompiledRules(rules, testKey).match(requestView(request))?.id;
}

const tool = { headers: { host: "localhost", "user-agent": "curl/8.14.1" } };

test("all terms have to hold", () => {
  const rules = [
    rule("both", [
      { trait: "program", value: "tool" },
      { trait: "accept", value: "none" },
    ]),
  ];
  expect(matched(rules, tool)).toBe("both");
  expect(matched(rules, { headers: { ...tool.headers, accept: "*/*" } })).toBeUndefined();
  expect(matched(rules)).toBeUndefined();
});

test("of an ordinal trait, the value is the least", () => {
  const rules = [rule("fast", [{ trait: "pace", value: "8" }])];
  expect([4, 8, 32].map((pace) => matched(rules, { pace }))).toEqual([undefined, "fast", "fast"]);
});

test("an active rule wins over one that is only tried; expired ones are not asked", () => {
  const terms: Term[] = [{ trait: "program", value: "tool" }];
  expect(matched([rule("tried", terms, "shadow"), rule("acts", terms)], tool)).toBe("acts");
  expect(matched([rule("tried", terms, "shadow"), rule("over", terms, "expired")], tool)).toBe("tried");
  expect(matched([rule("over", terms, "expired")], tool)).toBeUndefined();
});

test("a rule that nobody could mean matches nobody: without terms, of an unknown trait, with an odd number", () => {
  const odd = [
    rule("everybody", []),
    rule("unknown", [{ trait: "shoe-size" as Trait, value: "44" }]),
    rule("no number", [{ trait: "pace", value: "often" }]),
  ];
  const rules = new CompiledRules(odd, testKey);
  expect(rules.size).toBe(0);
  expect(rules.match(requestView({ pace: 32 }))).toBeUndefined();
});

test("no more rules are asked than the limit, however many come", () => {
  const many = Array.from({ length: 5_000 }, (_, at) => rule(`${at}`, [{ trait: "path", value: `/${at}` }]));
  const rules = new CompiledRules(many, testKey);
  expect(rules.size).toBe(rulesMax);
  expect(rules.match(requestView({ path: "/0" }))?.id).toBe("0");
  expect(rules.match(requestView({ path: `/${rulesMax}` }))).toBeUndefined();
});

test("what is dear to learn is asked last", () => {
  const asked: Trait[] = [];
  const request = requestView();
  const rules = new CompiledRules(
    [
      rule("narrowed", [
        { trait: "country", value: "ZZ" },
        { trait: "headers", value: "none" },
        { trait: "program", value: "tool" },
        { trait: "pace", value: "8" },
      ]),
    ],
    testKey,
  );
  const noting = {
    text: (trait: Trait) => request.text(trait),
    hash: (trait: Trait) => (asked.push(trait), request.hash(trait)),
    number: (trait: "pace" | "queries" | "misses") => (asked.push(trait), 8),
  };
  rules.match(noting);
  expect(asked).toEqual(["pace", "program"]);
});

test("it matches just when each of its terms holds", () => {
  const term = fc.constantFrom(...traits).chain((trait) =>
    fc.record({
      trait: fc.constant(trait),
      value: ordinal(trait)
        ? fc.nat(32).map(String)
        : fc.constantFrom("none", "no", "GET", "portal", "firefox", "/"),
    }),
  );
  const request = requestView({ pace: 4, queries: 2 });
  const holds = ({ trait, value }: Term): boolean =>
    ordinal(trait) ? Number(request.text(trait)) >= Number(value) : request.text(trait) === value;
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
      const found = new CompiledRules([rule("it", terms)], testKey).match(request);
      expect(found !== undefined).toBe(terms.every(holds));
    }),
  );
});
