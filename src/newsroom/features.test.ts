/** The list of features: nothing that one of them adds is left out. */
import { expect, test } from "bun:test";
import { features, menu } from "./features.ts";

test("the menu has every feature's entries", () => {
  const entries = features.flatMap((feature) => feature.menu ?? []);
  expect(new Set(menu)).toEqual(new Set(entries));
});
