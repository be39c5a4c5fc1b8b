/** Accounts, bylines and grants are kept apart. */
import { describe, expect, test } from "bun:test";
import { createModel } from "../../test/model/model.ts";
import type { Grant } from "./person.ts";

describe("grants", () => {
  test("are rows: given twice they are there once, and go one by one", () => {
    const { people } = createModel();
    const { id: account } = people.addAccount("Amina");
    const everywhere: Grant = { account, role: "contributor", site: null, section: null };
    const rif: Grant = { account, role: "editor", site: "portal", section: "rif" };
    for (const grant of [everywhere, rif, rif]) people.grant(grant);
    expect(people.grantsOf(account)).toEqual([everywhere, rif]);
    people.revoke(everywhere);
    expect(people.grantsOf(account)).toEqual([rif]);
  });

  test("for an account that doesn't exist, or a section without its site, are refused", () => {
    const { people } = createModel();
    const { id: account } = people.addAccount("Amina");
    const grant: Grant = { account: "nobody", role: "editor", site: null, section: null };
    expect(() => people.grant(grant)).toThrow();
    expect(() => people.grant({ ...grant, account, section: "rif" })).toThrow();
  });
});

test("nothing stored ties a byline to an account", () => {
  const { database, people } = createModel();
  people.addAccount("Amina");
  people.addByline({ slug: "sara", names: { fr: "Sara" } });
  const tables = database
    .query<{ sql: string }, []>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    .all();
  const both = tables.filter(({ sql }) => /REFERENCES account/.test(sql) && /REFERENCES byline/.test(sql));
  expect(both).toEqual([]);
});

test("bylines with one name get two addresses", () => {
  const { people } = createModel();
  const first = people.addByline({ slug: "sara", names: { fr: "Sara" }, origin: "a" });
  const second = people.addByline({ slug: "sara", names: { fr: "Sara" }, origin: "b" });
  expect([first.byline.slug, second.byline.slug]).toEqual(["sara", "sara-2"]);
  expect(people.addByline({ slug: "sara", names: { fr: "Other" }, origin: "a" })).toEqual({
    ...first,
    added: false,
  });
  expect(people.accounts()).toEqual([]);
});
