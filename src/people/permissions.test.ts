/** What grants let people do: examples from the table of roles, and properties that hold for any grants. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { acts, type Place } from "../web/acts.ts";
import { mayGive, mayWith, type RoleAt } from "./permissions.ts";
import { roles } from "./person.ts";

const me = "01ME";
const sites = ["portal", "blog"];
const sections = ["rif", "sport", null];

const role = fc.constantFrom(...roles);
const site = fc.constantFrom(...sites);
const section = fc.constantFrom(...sections);
const act = fc.constantFrom(...acts);
const by = fc.constantFrom(me, "01OTHER", null);

const grantAt: fc.Arbitrary<RoleAt> = fc.oneof(
  fc.record({ role, site: fc.constant(null), section: fc.constant(null) }),
  fc.record({ role, site, section }),
);
const grantsAt = fc.array(grantAt, { maxLength: 4 });
const place: fc.Arbitrary<Place> = fc.record({ site, section, by });
const places: Place[] = sites.flatMap((name) =>
  sections.flatMap((slug) => [me, "01OTHER"].map((started) => ({ site: name, section: slug, by: started }))),
);

describe("each role", () => {
  const rif: Place = { site: "portal", section: "rif", by: "01OTHER" };
  test.each([
    ["contributor", ["read"], ["read", "write"]],
    [
      "editor",
      ["read", "write", "publish", "watch", "defend"],
      ["read", "write", "publish", "watch", "defend"],
    ],
    ["moderator", ["read", "watch"], ["read", "watch"]],
    ["steward", [...acts], [...acts]],
  ] as const)("%s may do %p with others' work and %p with their own", (name, withOthers, withOwn) => {
    const may = mayWith(me, [{ role: name, site: "portal", section: "rif" }]);
    expect(acts.filter((each) => may(each, rif))).toEqual([...withOthers]);
    expect(acts.filter((each) => may(each, { ...rif, by: me }))).toEqual([...withOwn]);
    for (const elsewhere of [{ section: "sport" }, { section: null }, { site: "blog" }]) {
      expect(acts.filter((each) => may(each, { ...rif, by: me, ...elsewhere }))).toEqual([]);
    }
  });
});

describe("for any grants", () => {
  test("none give nothing, and each gives what it gives alone: grants only add up", () => {
    fc.assert(
      fc.property(grantsAt, act, place, (grants, what, where) => {
        const alone = grants.some((grant) => mayWith(me, [grant])(what, where));
        expect(mayWith(me, grants)(what, where)).toBe(alone);
      }),
    );
  });

  test("whoever may do it at a place may do it somewhere; whoever may everywhere may at every place", () => {
    fc.assert(
      fc.property(grantsAt, act, (grants, what) => {
        const may = mayWith(me, grants);
        if (places.some((where) => may(what, where))) expect(may(what, "anywhere")).toBe(true);
        if (may(what, "everywhere")) expect(places.every((where) => may(what, where))).toBe(true);
      }),
    );
  });

  test("a foreign site or section gives nothing", () => {
    fc.assert(
      fc.property(grantsAt, act, place, (grants, what, where) => {
        const foreign = grants.filter(
          (grant) =>
            (grant.site !== null && grant.site !== where.site) ||
            (grant.section !== null && grant.section !== where.section),
        );
        expect(mayWith(me, foreign)(what, where)).toBe(false);
      }),
    );
  });
});

test("nobody gives more than they hold: what was given never lets the new one do what the giver may not", () => {
  fc.assert(
    fc.property(grantsAt, grantAt, (grants, given) => {
      fc.pre(mayGive(grants, given));
      const giver = mayWith(me, grants);
      const taker = mayWith(me, [given]);
      for (const what of acts) {
        for (const where of [...places, "everywhere" as const])
          if (taker(what, where)) expect(giver(what, where)).toBe(true);
      }
    }),
  );
});

test.each([
  [{ role: "steward", site: "portal", section: "rif" }, { site: "portal", section: "rif" }, true],
  [{ role: "steward", site: "portal", section: "rif" }, { site: "portal", section: null }, false],
  [{ role: "steward", site: "portal", section: null }, { site: "portal", section: "rif" }, true],
  [{ role: "steward", site: "portal", section: null }, { site: null, section: null }, false],
  [{ role: "steward", site: null, section: null }, { site: null, section: null }, true],
  [{ role: "editor", site: null, section: null }, { site: "portal", section: "rif" }, false],
] as const)("%j may give a role at %j: %p", (held, where, expected) => {
  expect(mayGive([held], { role: "contributor", ...where })).toBe(expected);
});
