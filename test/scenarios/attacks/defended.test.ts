// Every flood at small scale against an instance that has just been installed: readers read on, and of the flood goes what no reader would miss.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { defaultConfig } from "../../../src/config/load.ts";
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
import { type Attacked, House, type Scale, startsWithinMs } from "./house.ts";

/** `most`: share of what it asks for that the flood may get, its first seconds included. undefended.test.ts: all of it without the defence. */
interface Expected extends Scale {
  readonly profile: Profile;
  readonly most: number;
}

/** Each begins on an instance that knows nothing but the prior; what it learns from one attack it has for the next. */
const lanes: readonly (readonly Expected[])[] = [
  [
    { profile: oneCountry, most: 0.4 },
    { profile: addressPerRequest, most: 0.7 },
    { profile: completeBrowsers, most: 0.6 },
    { profile: carrierNat, most: 0.8 },
    { profile: cacheBusting, most: 0.7 },
    // Twice a second no source is hastier than a reader; at five times that, what is left of it is served.
    { profile: mamfakinch2011, most: 0.7, ratePerSourceS: 10 },
  ],
  [
    { profile: ipv6Hopping, most: 0.7 },
    { profile: rotatingAgents, most: 0.6 },
    { profile: fakeFeedReaders, most: 0.6 },
    { profile: fakeGooglebot, most: 0.5 },
    { profile: bareAddress, most: 0.6 },
    { profile: pulse, most: 0.8 },
  ],
];
const seconds = 4;
const laneMs = 60_000;
/** Within a second where the machine does nothing else (bench/); here it may be busy with other tests. */
const firstRuleMs = 3_000;

const lifetimes = new AsyncDisposableStack();
const attacked = new Map<Profile, Attacked>();
let houses: readonly House[] = [];

beforeAll(async () => {
  houses = await Promise.all(lanes.map(() => House.open()));
  for (const house of houses) lifetimes.use(house);
  await Promise.all(houses.map((house, at) => run(house, lanes[at] ?? [])));
}, startsWithinMs + laneMs);
afterAll(() => lifetimes.disposeAsync());

async function run(house: House, lane: readonly Expected[]): Promise<void> {
  for (const { profile, ...scale } of lane)
    attacked.set(profile, await house.attack(profile, { ...scale, seconds }));
}

describe.each(lanes.flat().map((expected) => [expected.profile.name, expected] as const))(
  "%s",
  (_, { profile, most }) => {
    const seen = (): Attacked => {
      const found = attacked.get(profile);
      if (found === undefined) throw new Error("the attack did not come to its end");
      return found;
    };

    test("costs no reader a page", () => {
      const { readers, defence } = seen();
      expect(readers.flood.reads).toBeGreaterThan(100);
      expect(readers.late.reads).toBeGreaterThan(30);
      const rules = defence?.rules.map(({ when, seen_worst: real }) => `${when} (${real})`) ?? [];
      const told = ["who fared worst:", JSON.stringify(readers.worst), ...rules].join("\n");
      expect(readers.flood.wrong, told).toEqual({});
    });

    test(`gets at most ${most} of what it asks for`, () => {
      const { flood, planned } = seen();
      expect(flood.served / planned).toBeLessThanOrEqual(most);
    });

    test("is met by rules that harm nobody", () => {
      const { defence } = seen();
      expect(defence?.first_rule_ms).toBeLessThanOrEqual(firstRuleMs);
      expect(["guarded", "siege"]).toContain(defence?.mode ?? "");
      const refusing = defence?.rules.filter(({ action }) => action !== "slow") ?? [];
      for (const { collateral_worst: predicted, seen_worst: real } of refusing) {
        expect(predicted).toBeLessThanOrEqual(ceiling);
        expect(real ?? 0).toBeLessThanOrEqual(ceiling);
      }
    });
  },
);

const ceiling = defaultConfig().decision.reader_harm_max;

test("the register has it as a flood, with its rules, and not as a drill", async () => {
  for (const house of houses) {
    const floods = (await house.incidents()).filter(({ kind }) => kind === "flood");
    expect(floods.some(({ rules }) => rules.length > 0)).toBe(true);
    expect(floods.some(({ drill }) => drill)).toBe(false);
  }
});
