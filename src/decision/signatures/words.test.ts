// What a rule does, in words.
import { expect, test } from "bun:test";
import { testRule } from "../../../test/rule.ts";
import { description, parseGroup } from "./words.ts";

const rule = testRule({ terms: [{ trait: "program", value: "none" }], coverage: 0.97 });

test("says what a rule covers and whom it would harm most", () => {
  expect(description(rule)).toBe("covers 97 % of the flood; worst harm 0.3 %, phones");
  expect(description({ ...rule, worst: { share: 0.0064, group: "" }, seen: { share: 0, group: "MA" } })).toBe(
    "covers 97 % of the flood; worst harm 0.6 %; seen 0 %, readers in MA",
  );
});

test("knows a group by its name", () => {
  const kinds = ["phone", "MA", "ar-MA", "none", "64500", ""].map((value) => parseGroup(value).kind);
  expect(kinds).toEqual(["client", "country", "language", "language", "network", "newcomers"]);
});
