// Appeal codes: read out over the phone by somebody tired, and typed by somebody else who is.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { type Refused, appealCode, appealGates, appealReasons, readAppeal, ruleMark } from "./appeal.ts";
import { GateKeys } from "./gate-keys.ts";

const keys = new GateKeys(new Uint8Array(32).fill(5));
const foreign = new GateKeys(new Uint8Array(32));
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const sinceMs = Date.UTC(2020, 0);
const refusals: fc.Arbitrary<Refused> = fc.record({
  atMs: fc.integer({ min: 0, max: 2 ** 24 - 1 }).map((minute) => sinceMs + minute * 60_000),
  gate: fc.constantFrom(...appealGates),
  reason: fc.constantFrom(...appealReasons),
  rule: fc.option(fc.string(), { nil: undefined }),
  load: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
});

test("says when, where, why, by which rule and under what load", () => {
  fc.assert(
    fc.property(refusals, ({ rule, ...refused }) => {
      const code = appealCode(keys, { ...refused, rule });
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const mark = rule === undefined ? undefined : ruleMark(rule);
      expect(readAppeal(keys, code)).toEqual({ ...refused, ruleMark: mark });
    }),
  );
});

test("says the minute, and no more load than there can be", () => {
  const refused = {
    atMs: Date.UTC(2050, 11, 31, 23, 59, 30),
    gate: "work",
    reason: "rule",
    load: 37.5,
  } as const;
  const read = readAppeal(keys, appealCode(keys, refused));
  expect(read).toMatchObject({ atMs: Date.UTC(2050, 11, 31, 23, 59), load: 1 });
});

test("forgives capitals, spaces, hyphens, O and I and L, and Arabic digits", () => {
  fc.assert(
    fc.property(refusals, fc.infiniteStream(fc.nat(3)), (refused, tricks) => {
      const code = appealCode(keys, refused);
      const typed = Array.from(code.replaceAll("-", ""), (character) => {
        const trick = tricks.next().value;
        if (character === "0" && trick > 0) return ["o", "O", "٠"][trick - 1];
        if (character === "1" && trick > 0) return ["i", "L", "۱"][trick - 1];
        return [character.toLowerCase(), `${character} `, `–${character}`, character][trick];
      });
      expect(readAppeal(keys, typed.join(""))).toEqual(readAppeal(keys, code));
      expect(readAppeal(keys, typed.join(""))).toBeDefined();
    }),
  );
});

test("one character wrong, or any two that changed places, is always noticed", () => {
  fc.assert(
    fc.property(refusals, (refused) => {
      const code = appealCode(keys, refused).replaceAll("-", "");
      for (let at = 0; at < code.length; at += 1) {
        const wrong = alphabet[(alphabet.indexOf(code[at] ?? "") + 1 + (at % 31)) % 32];
        const changed = code.slice(0, at) + wrong + code.slice(at + 1);
        if (changed !== code) expect(readAppeal(keys, changed)).toBeUndefined();
        for (let other = at + 1; other < code.length; other += 1) {
          const swapped = Array.from(code);
          [swapped[at], swapped[other]] = [code[other] ?? "", code[at] ?? ""];
          if (swapped.join("") !== code) expect(readAppeal(keys, swapped.join(""))).toBeUndefined();
        }
      }
    }),
    { numRuns: 20 },
  );
});

test("what was made up, or made with another secret, is none; nothing throws", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/),
    refusals.map((refused) => appealCode(foreign, refused)),
  );
  fc.assert(
    fc.property(anything, (typed) => {
      expect(readAppeal(keys, typed)).toBeUndefined();
    }),
    { seed: 1 },
  );
});

test("facts that differ a little have codes that share nothing", () => {
  const base = { atMs: Date.UTC(2026, 10, 22), gate: "work", reason: "rule", load: 0.5 } as const;
  const codes = [0, 1, 2, 3].map((minutes) =>
    appealCode(keys, { ...base, atMs: base.atMs + minutes * 60_000 }),
  );
  const first = codes[0] ?? "";
  for (const code of codes.slice(1)) {
    const alike = Array.from(code).filter(
      (character, at) => character !== "-" && character === first[at],
    ).length;
    expect(alike).toBeLessThan(6);
  }
});
