// Work at a site that carries fifty requests a second, while hundreds of sources that keep their tickets ask for ten times as many: whole processes
// on a real port. Rules are only tried, so that all of the flood comes to the gates.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { solverSwarm } from "../../../attacks/profiles/solver-swarm.ts";
import { startSlowOrigin } from "../../slow-origin.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

const scale = { sources: 300, seconds: 6 };
const waitsMs = 20_000;

const lifetimes = new AsyncDisposableStack();
let seen: Attacked;
beforeAll(async () => {
  const origin = lifetimes.use(await startSlowOrigin());
  const args = ["--origin", origin.url];
  const house = lifetimes.use(
    await House.open({ demo: false, args, settings: '[decision]\nmode = "shadow"\n' }),
  );
  seen = await house.attack(solverSwarm, scale);
}, startsWithinMs + waitsMs);
afterAll(() => lifetimes.disposeAsync());

test("people who want something come through, with scripts and without, in the flood's own networks and elsewhere", () => {
  const { visitors } = seen;
  expect(visitors?.all.came).toBe(20);
  expect(visitors?.all.wrong).toEqual({});
  expect(visitors?.all.p50_ms).toBeLessThanOrEqual(8_000);
  expect(visitors?.plain.through).toBeGreaterThan(5);
  expect(visitors?.among_flood.through).toBeGreaterThan(1);
});

test("of the flood little gets what it asks for, the rest is told to wait", () => {
  const { flood } = seen;
  expect(flood.sent).toBeGreaterThan(1_000);
  expect(flood.served).toBeLessThan(flood.answered / 2);
  expect(flood.statuses["503"]).toBe(flood.refused);
});

test("readers lose no page", () => {
  expect(seen.readers.flood.reads).toBeGreaterThan(100);
  expect(seen.readers.flood.wrong).toEqual({});
});
