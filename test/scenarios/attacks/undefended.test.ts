// The same floods where the defence is off: each of them gets everything that it asks for. So it is the defence that keeps it away.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { profiles } from "../../../attacks/profiles.ts";
import type { FloodReport } from "../../../attacks/flood-counts.ts";
import { House, startsWithinMs } from "./house.ts";

/**
 * low-and-slow.test.ts has the one that is no flood within seconds, src/edge/sockets/ those that take no answer or never ask, which the defence
 * of requests doesn't see; a crowd is none at all.
 */
const floods = profiles.filter(
  ({ name, flood: { isCrowd, takesNothing, asksNothing } }) =>
    isCrowd !== true && takesNothing !== true && asksNothing !== true && name !== "low-and-slow",
);
/** All at once, and yet no more than one small flood. */
const scale = { sources: 60, seconds: 3 };
const attacksMs = 20_000;

const seen = new Map<string, FloodReport>();
let house: House;
beforeAll(async () => {
  house = await House.open({ settings: '[decision]\nmode = "off"\n' });
  await Promise.all(floods.map(async (profile) => seen.set(profile.name, await house.flood(profile, scale))));
}, startsWithinMs + attacksMs);
afterAll(() => house[Symbol.asyncDispose]());

test.each(floods.map(({ name }) => name))("%s gets everything that it asks for", (name) => {
  const flood = seen.get(name);
  expect(flood?.sent).toBeGreaterThan(3);
  expect(flood?.refused).toBe(0);
  expect(flood?.served).toBe(flood?.answered ?? 0);
  // What was under way when it ended is not answered any more: one request of each source at most.
  expect(flood?.answered).toBeGreaterThanOrEqual((flood?.sent ?? 0) - scale.sources);
});

test("the edge has no rule", async () => {
  expect((await house.defence()).rules).toEqual([]);
});
