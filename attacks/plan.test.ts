// What a seed draws: the same again, only from loopback, and in the story's proportions.
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { drawPlan, type Plan } from "./plan.ts";
import { profiles } from "./profiles.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";

const draw = (seed: number, sources = 2_000): Plan => drawPlan(mamfakinch2011, { seed, sources, known: [] });

describe.each(profiles.map((profile) => [profile.name, profile] as const))("%s", (_, profile) => {
  test("draws the same from the same seed, and something else from another", () => {
    const [once, again, other] = [7, 7, 8].map((seed) => drawPlan(profile, { seed, known: [] }));
    expect(again).toEqual(once);
    expect(other?.bots).not.toEqual(once?.bots);
  });

  test("every address is one of loopback's, in a network that is announced, and nobody else's", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3_000 }), (seed, sources) => {
        const { bots, readers, networks } = drawPlan(profile, { seed, sources, known: [] });
        const addresses = [...bots, ...readers].map(({ address }) => address);
        const announced = new Set(networks.map(({ network }) => network));
        expect(networks.length).toBeLessThanOrEqual(64);
        expect(announced.size).toBe(networks.length);
        expect(new Set(addresses).size).toBe(addresses.length);
        for (const address of addresses) {
          const [first, second] = address.split(".");
          expect(first).toBe("127");
          expect(announced.has(`127.${second}.0.0/16`)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("readers are few, and some read from the flood's own networks", () => {
    const { readers } = drawPlan(profile, { seed: 1, known: [] });
    expect(readers.length).toBeLessThanOrEqual(200);
    expect(readers.some(({ amongFlood }) => amongFlood)).toBe(true);
    expect(readers.some(({ amongFlood }) => !amongFlood)).toBe(true);
  });
});

test("mamfakinch-2011 comes from thousands of addresses, nine in ten of them apparently in Saudi Arabia", () => {
  const { bots, networks } = draw(3);
  const saudi = new Set(
    networks.filter(({ country }) => country === "SA").map(({ network }) => network.split(".")[1]),
  );
  const share = bots.filter(({ address }) => saudi.has(address.split(".")[1] ?? "")).length / bots.length;
  expect(bots).toHaveLength(2_000);
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.96);
});

test("networks whose place the edge knows are used before others are drawn", () => {
  const known = [{ network: "127.10.0.0/16", country: "SA", asn: 64_505, name: "Known" }];
  const { networks } = drawPlan(mamfakinch2011, { seed: 1, sources: 10, known });
  expect(networks.filter(({ country }) => country === "SA")).toEqual(known);
});
