// The same floods where the defence is off: each of them gets everything that it asks for. So it is the defence that keeps it away.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { profiles } from "../../../attacks/profiles.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

const floods = profiles.filter(({ flood }) => flood.isCrowd !== true);
/** All at once, and yet no more than one small flood. */
const scale = { sources: 60, seconds: 3 };
const attacksMs = 30_000;

const attacked = new Map<string, Attacked>();
let house: House;
beforeAll(async () => {
  house = await House.open({ settings: '[decision]\nmode = "off"\n' });
  await Promise.all(
    floods.map(async (profile) => attacked.set(profile.name, await house.attack(profile, scale))),
  );
}, startsWithinMs + attacksMs);
afterAll(() => house[Symbol.asyncDispose]());

test.each(floods.map(({ name }) => name))("%s gets everything that it asks for, to the end", (name) => {
  const flood = attacked.get(name)?.flood;
  expect(flood?.sent).toBeGreaterThan(3);
  expect(flood?.refused).toBe(0);
  expect(flood?.served).toBe(flood?.answered ?? 0);
  expect(flood?.answered).toBeGreaterThan((flood?.sent ?? 0) * 0.9);
  expect(flood?.quiet_ms.served).toBeNull();
});

test("no edge has a rule, and none is in the register", async () => {
  for (const { defence } of attacked.values()) expect(defence?.rules ?? []).toEqual([]);
  for (const { rules } of await house.incidents()) expect(rules).toEqual([]);
});
