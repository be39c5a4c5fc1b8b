// What a seed draws: the same again, only from loopback, and in the story's proportions.
import { describe, expect, test } from "bun:test";
import { isIP } from "node:net";
import * as fc from "fast-check";
import { drawPlan, type Plan } from "./plan.ts";
import type { Client } from "./profile.ts";
import { profiles } from "./profiles.ts";
import { carrierNat } from "./profiles/carrier-nat.ts";
import { ipv6Hopping } from "./profiles/ipv6-hopping.ts";
import { mamfakinch2011 } from "./profiles/mamfakinch-2011.ts";
import { solverSwarm } from "./profiles/solver-swarm.ts";

const draw = (seed: number, sources = 2_000): Plan => drawPlan(mamfakinch2011, { seed, sources, known: [] });

describe.each(profiles.map((profile) => [profile.name, profile] as const))("%s", (_, profile) => {
  const wishes = { known: [], proxy: "127.0.0.1" };
  const sharing = typeof profile.flood.addresses === "number";

  test("draws the same from the same seed, and something else from another", () => {
    const [once, again, other] = [7, 7, 8].map((seed) => drawPlan(profile, { seed, ...wishes }));
    expect(again).toEqual(once);
    expect(other?.flood.bots).not.toEqual(once?.flood.bots);
  });

  test("every address is a drill's, in a network that is announced, and nobody else's", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 3_000 }), (seed, sources) => {
        const { flood, readers, networks } = drawPlan(profile, { seed, sources, ...wishes });
        const addresses = [...flood.bots, ...readers].map(({ address }) => address);
        const announced = new Set(networks.map(({ network }) => network));
        expect(networks.length).toBeLessThanOrEqual(64);
        expect(announced.size).toBe(networks.length);
        if (!sharing) expect(new Set(addresses).size).toBe(addresses.length);
        for (const address of addresses) {
          expect(isIP(address)).not.toBe(0);
          expect(announced.has(blockOf(address))).toBe(true);
        }
      }),
      { numRuns: 5 },
    );
  });

  test("readers are of every kind, half of them late, and some read from the flood's own networks", () => {
    const { readers } = drawPlan(profile, { seed: 1, ...wishes });
    expect(readers).toHaveLength(60);
    expect(new Set(readers.map(({ client }) => client))).toEqual(new Set(clients));
    expect(readers.filter(({ late }) => late)).toHaveLength(30);
    const among = readers.filter(({ amongFlood }) => amongFlood);
    expect(among.some(({ late }) => late) && among.some(({ late }) => !late)).toBe(true);
    expect(among.length).toBeLessThan(60);
  });
});

const clients: readonly Client[] = ["phone", "desktop", "text-browser", "tor", "feed-reader", "archive"];

function blockOf(address: string): string {
  const [first, second] = address.split(".");
  return address.startsWith("2001:db8:") ? "2001:db8::/32" : `${first}.${second}.0.0/16`;
}

test("behind a carrier's gates stand bots and readers", () => {
  const { flood, readers } = drawPlan(carrierNat, { seed: 4, known: [] });
  const gates = new Set(flood.bots.map(({ address }) => address));
  expect(gates.size).toBe(40);
  const among = readers.filter(({ amongFlood }) => amongFlood);
  expect(among.every(({ address }) => gates.has(address))).toBe(true);
  expect(among).toHaveLength(30);
});

test("what comes through a proxy needs one that is trusted", () => {
  expect(() => drawPlan(ipv6Hopping, { seed: 1, known: [] })).toThrow(/trusts none on loopback/);
  const { flood, readers } = drawPlan(ipv6Hopping, { seed: 1, known: [], proxy: "127.0.0.1" });
  expect(flood.proxy).toBe("127.0.0.1");
  expect(readers.every(({ proxy }) => proxy === "127.0.0.1")).toBe(true);
});

test("mamfakinch-2011 comes from thousands of addresses, nine in ten of them apparently in Saudi Arabia", () => {
  const {
    flood: { bots },
    networks,
  } = draw(3);
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

test("who wants a search has an address of a drill, now and then the very one of a source, and scripts in two of three cases", () => {
  const { flood, networks, visitors } = drawPlan(solverSwarm, { seed: 3, known: [] });
  const { people, perS } = visitors;
  expect([people.length, perS]).toEqual([100, 5]);
  expect(people.filter(({ hasScripts }) => !hasScripts)).toHaveLength(33);
  const floods = new Set(flood.bots.map(({ address }) => address));
  const behindOne = people.filter(({ address }) => floods.has(address));
  expect(behindOne).toHaveLength(7);
  expect(behindOne.every(({ amongFlood }) => amongFlood)).toBe(true);
  const announced = new Set(networks.map(({ network }) => network));
  expect(people.every(({ address }) => announced.has(blockOf(address)))).toBe(true);
});
