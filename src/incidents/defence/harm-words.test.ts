// Whom a rule hits, in words: a share too small to be written is never told as nothing.
import { expect, test } from "bun:test";
import { quantitiesIn } from "../quantities.ts";
import { words } from "../words/index.ts";
import { foretoldHarm, seenHarm } from "./harm-words.ts";

const { defence } = words.en;
const quantities = quantitiesIn("en", "UTC");

test("a bound of next to nothing is told as a little, none as none", () => {
  expect(foretoldHarm(0.000_02, "phone", defence, quantities)).toContain("0.1%");
  expect(foretoldHarm(0, "phone", defence, quantities)).toBe(defence.rule.harmless);
});

test("what came of it tells nobody from nobody hit", () => {
  expect(seenHarm(null, "", defence, quantities)).toBe(defence.rule.unseen);
  expect(seenHarm(0, "", defence, quantities)).toBe(defence.rule.seenNone);
  expect(seenHarm(0.25, "MA", defence, quantities)).toContain("Morocco");
});
