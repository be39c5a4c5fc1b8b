// The negative control: fifty times the readers, all at once, all alike. Nobody is refused, nobody is slowed.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { flashCrowd } from "../../../attacks/profiles/flash-crowd.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

const readersMany = 50 * 60;
/** Once within four seconds each of them opens a page with its parts. */
const crowdMs = 20_000;

let house: House;
let seen: Attacked;
beforeAll(async () => {
  house = await House.open();
  seen = await house.attack(flashCrowd, { sources: readersMany, seconds: 4 });
}, startsWithinMs + crowdMs);
afterAll(() => house[Symbol.asyncDispose]());

test("everybody gets what they came for", () => {
  const { flood, readers } = seen;
  expect(flood.sources).toBe(readersMany);
  expect(flood.sent).toBeGreaterThan(readersMany / 4);
  expect(flood.statuses).toEqual({ "200": flood.answered });
  expect(flood.failed).toEqual({ connect: 0, cut: 0, malformed: 0, timeout: 0 });
  expect(readers.flood.wrong).toEqual({});
  expect(readers.flood.reads).toBeGreaterThan(100);
});

test("nothing is held back, no rule acts, and it is calm for readers", async () => {
  expect(seen.defence).toMatchObject({ first_rule_ms: null, held: 0, rules: [] });
  // Volume alone is calm; with a machine that others keep busy it is two of three, and still nothing is refused.
  if (seen.defence?.strained === false) expect(seen.defence.mode).toBe("calm");
  const { ladder, rules } = await house.defence();
  expect(ladder).toEqual({ slow: 0, refuse: 0, close: 0, kernel: 0 });
  expect(rules.filter(({ state }) => state === "active")).toEqual([]);
});
