// Harm in the worst group, by behaviours alone, with a bound that is high where few were seen; and the prior's header sets.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { key } from "../../../test/synthetic-traffic.ts";
import { HeaderSets } from "../requests/header-set.ts";
import { type Term, traits } from "../requests/trait.ts";
import { valueHash } from "../requests/value-hash.ts";
import { Values } from "../requests/values.ts";
import { countBits } from "./bits.ts";
import { lowerBound, upperBound } from "./bounds.ts";
import { closedTexts } from "./closed-texts.ts";
import { Peace } from "./peace.ts";
import { groupShares, habits } from "./prior.ts";
import { allowedWords, Usual, type UsualRow } from "./usual.ts";

describe("Wilson's bounds", () => {
  test("few data count as harm: nobody hit of 5, of 420, of 10,000", () => {
    expect(upperBound(0, 5)).toBeGreaterThan(0.3);
    expect(upperBound(0, 420)).toBeCloseTo(0.0064, 4);
    expect(upperBound(0, 10_000)).toBeLessThan(0.001);
    expect(upperBound(0, 0)).toBe(1);
  });

  test("without the bound, a rule would count as harmless wherever nobody was seen yet", () => {
    const share = 0;
    expect(share).toBeLessThan(0.02);
    expect(upperBound(share, 50)).toBeGreaterThan(0.02);
  });

  test("they hold the share between them, the closer the more was seen", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 1e6 }), (seen, count) => {
        expect(upperBound(seen, count)).toBeGreaterThanOrEqual(seen - 1e-12);
        expect(lowerBound(seen, count)).toBeLessThanOrEqual(seen + 1e-12);
        expect(upperBound(seen, count * 4)).toBeLessThanOrEqual(upperBound(seen, count) + 1e-12);
      }),
    );
  });
});

describe("harm", () => {
  const row = (country: string, accept: string, weight: number, strange = false): UsualRow => ({
    weight,
    strange,
    is: allowedWords({ country: [country], accept: [accept], client: ["phone"] }, key),
    groups: [valueHash("phone", key), valueHash(country, key), undefined, undefined],
    everywhere: 0,
  });
  const term = (trait: Term["trait"], value: string): Term => ({ trait, value });

  test("is where it is worst, not on the average", () => {
    const usual = new Usual([row("FR", "page", 9_000), row("MA", "page", 500), row("MA", "any", 500)], key);
    const harm = usual.harm([term("accept", "any")]);
    expect(harm).toMatchObject({ trait: "country", word: valueHash("MA", key) });
    expect(harm.share).toBeGreaterThan(0.3);
    expect(usual.collateral([term("accept", "any")])).toBeLessThan(0.06);
  });

  test("is reckoned as if terms that only narrow always matched", () => {
    const usual = new Usual([row("FR", "page", 9_000), row("MA", "any", 100)], key);
    const harm = (terms: Term[]): number => usual.harm(terms).share;
    expect(harm([term("accept", "page"), term("country", "SA")])).toBe(harm([term("accept", "page")]));
    expect(harm([term("country", "SA")])).toBeCloseTo(1, 6);
  });

  test("of what nobody honest is like counts for little, however much there is of it", () => {
    const rows = [row("FR", "page", 1_000), row("SA", "none", 5_000, true)];
    expect(new Usual(rows, key).harm([term("accept", "none")]).share).toBeLessThan(0.02);
    const believed = Array.from(rows, (one) => ({ ...one, strange: false }));
    expect(new Usual(believed, key).harm([term("accept", "none")]).share).toBeGreaterThan(0.8);
  });
});

describe("the prior", () => {
  test("has every group whole, each with values that there are", () => {
    for (const client of Object.keys(groupShares)) {
      const shares = habits.filter((habit) => habit.client === client).map(({ share }) => share);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    }
    for (const { allowed } of habits) {
      for (const trait of traits) {
        const known = closedTexts[trait];
        if (known !== undefined) for (const value of allowed[trait] ?? []) expect(known).toContain(value);
      }
    }
  });

  test("writes header sets as they are read from requests", () => {
    const sets = new HeaderSets(new Values(key));
    for (const { allowed } of habits) {
      for (const set of allowed.headers ?? []) expect(sets.of(set.split(",")).text).toBe(set);
    }
  });

  test("holds whoever reads as `../shared/tools/readers.mjs` does: no parts, no cookies, `identity`", () => {
    const usual = Peace.start(key).usual(0);
    const terms = Object.entries({
      headers: "accept,accept-encoding,accept-language,user-agent",
      accept: "page",
      encoding: "identity",
      parts: "no",
      conditional: "no",
      pace: "2",
    }).map(([trait, value]) => ({ trait, value }) as Term);
    expect(usual.harm(terms).share).toBeGreaterThan(0.3);
    expect(countBits(usual.matching([]))).toBe(usual.rows.length);
  });
});
