// What a rule does, in words.
import { expect, test } from "bun:test";
import type { Rule } from "./rule.ts";
import { description, groupName } from "./words.ts";

const rule: Rule = {
  id: "1",
  terms: [{ trait: "program", value: "none" }],
  action: "deny",
  state: "active",
  by: "edge",
  coverage: 0.97,
  collateral: 0.001,
  worst: { share: 0.003, group: "phone" },
  seen: undefined,
  createdAtMs: 0,
  expiresAtMs: 60_000,
  ended: undefined,
  incident: null,
  matched: 0,
  refused: 0,
};

test("says what a rule covers and whom it would harm most", () => {
  expect(description(rule)).toBe("covers 97 % of the flood; worst harm 0.3 %, phones");
  expect(description({ ...rule, worst: { share: 0.0064, group: "" }, seen: { share: 0, group: "MA" } })).toBe(
    "covers 97 % of the flood; worst harm 0.6 %; seen 0 %, readers in MA",
  );
});

test("knows a group by its name", () => {
  const kinds = ["phone", "MA", "ar-MA", "none", "64500", ""].map((value) => groupName(value).kind);
  expect(kinds).toEqual(["client", "country", "language", "language", "network", "newcomers"]);
});
