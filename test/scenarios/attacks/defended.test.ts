// Every flood at small scale against an instance that has just been installed: readers read on, the flood does not.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Profile } from "../../../attacks/profile.ts";
import { addressPerRequest } from "../../../attacks/profiles/address-per-request.ts";
import { bareAddress } from "../../../attacks/profiles/bare-address.ts";
import { cacheBusting } from "../../../attacks/profiles/cache-busting.ts";
import { carrierNat } from "../../../attacks/profiles/carrier-nat.ts";
import { completeBrowsers } from "../../../attacks/profiles/complete-browsers.ts";
import { fakeFeedReaders } from "../../../attacks/profiles/fake-feed-readers.ts";
import { fakeGooglebot } from "../../../attacks/profiles/fake-googlebot.ts";
import { ipv6Hopping } from "../../../attacks/profiles/ipv6-hopping.ts";
import { mamfakinch2011 } from "../../../attacks/profiles/mamfakinch-2011.ts";
import { oneCountry } from "../../../attacks/profiles/one-country.ts";
import { pulse } from "../../../attacks/profiles/pulse.ts";
import { rotatingAgents } from "../../../attacks/profiles/rotating-agents.ts";
import { type Attacked, House, startsWithinMs } from "./house.ts";

/** Each begins on an instance that knows nothing but the prior; what it learns from one attack it has for the next. */
const lanes: readonly (readonly Profile[])[] = [
  [oneCountry, completeBrowsers, addressPerRequest, carrierNat, cacheBusting, mamfakinch2011],
  [ipv6Hopping, rotatingAgents, fakeFeedReaders, fakeGooglebot, bareAddress, pulse],
];
const laneMs = 60_000;

const lifetimes = new AsyncDisposableStack();
const attacked = new Map<Profile, Attacked>();
let houses: readonly House[] = [];

beforeAll(async () => {
  houses = await Promise.all(lanes.map(() => House.open()));
  for (const house of houses) lifetimes.use(house);
  await Promise.all(houses.map((house, at) => run(house, lanes[at] ?? [])));
}, startsWithinMs + laneMs);
afterAll(() => lifetimes.disposeAsync());

async function run(house: House, lane: readonly Profile[]): Promise<void> {
  for (const profile of lane) attacked.set(profile, await house.attack(profile));
}

describe.each(lanes.flat().map((profile) => [profile.name, profile] as const))("%s", (_, profile) => {
  const seen = (): Attacked => {
    const found = attacked.get(profile);
    if (found === undefined) throw new Error("the attack did not come to its end");
    return found;
  };

  test("costs no reader a page", () => {
    const { readers } = seen();
    expect(readers.flood.reads).toBeGreaterThan(100);
    expect(readers.late.reads).toBeGreaterThan(30);
    expect(readers.flood.wrong).toEqual({});
  });

  test("is quiet within two seconds", () => {
    const { flood } = seen();
    expect(flood.quiet_ms.served).toBeLessThanOrEqual(2_000);
  });

  test("is met by a rule that harms nobody", () => {
    const { defence } = seen();
    expect(defence?.first_rule_ms).toBeLessThanOrEqual(1_000);
    for (const { collateral_worst: worst } of defence?.rules ?? []) expect(worst).toBeLessThanOrEqual(0.02);
    expect(["guarded", "siege"]).toContain(defence?.mode ?? "");
  });
});

test("the register has it as a flood, with its rules", async () => {
  for (const house of houses) {
    const floods = (await house.incidents()).filter(({ kind }) => kind === "flood");
    expect(floods.length).toBeGreaterThan(0);
    expect(floods.some(({ rules }) => rules.length > 0)).toBe(true);
    for (const { drill } of floods) expect(drill).toBe(false);
  }
});
