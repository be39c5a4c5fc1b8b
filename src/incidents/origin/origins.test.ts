// Where requests come from: shares, and points on a map that takes no side.
import { expect, test } from "bun:test";
import { geoContains } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/land-110m.json";
import { mapPlaces } from "./map-places.ts";
import { originsOf } from "./origins.ts";
import { landPath, mapSize, spotOf } from "./world-map.ts";

test("shares are told with the busiest first, and the rest as one", () => {
  const countries = Array.from({ length: 20 }, (_, at) => ({
    code: `A${at}`,
    requests: at,
    refused: at / 2,
  }));
  const origins = originsOf(countries);
  expect(origins.map(({ code }) => code)).toEqual([
    ...Array.from({ length: 12 }, (_, at) => `A${19 - at}`),
    "",
  ]);
  expect(origins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(new Set(origins.map(({ refused }) => refused))).toEqual(new Set([0.5]));
  expect(originsOf([])).toEqual([]);
  expect(originsOf([{ code: "MA", requests: 0, refused: 0 }])).toEqual([]);
});

test("every place is a country's code and lies on the map, and nearly all on land", () => {
  const topology = atlas as unknown as Topology<{ land: GeometryCollection }>;
  const land = feature(topology, topology.objects.land);
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const places = [...mapPlaces];
  expect(places.length).toBeGreaterThan(230);
  for (const [code] of places) {
    const [x, y] = spotOf(code) ?? [-1, -1];
    expect([
      code,
      names.of(code) !== undefined,
      x > 0 && x < mapSize.width,
      y > 0 && y < mapSize.height,
    ]).toEqual([code, true, true, true]);
  }
  const large = ["MA", "DZ", "EG", "SA", "FR", "ES", "US", "RU", "CN", "BR", "AU", "IN", "CD", "TR", "IR"];
  expect(large.filter((code) => !geoContains(land, [...(mapPlaces.get(code) ?? [0, 0])]))).toEqual([]);
  expect(spotOf("ZZ")).toBeUndefined();
});

test("the land fits into a page: no step crosses it, and it is small", () => {
  const path = landPath();
  expect(path.length).toBeLessThan(20_000);
  const steps = [...path.matchAll(/l([^z]+)z/g)].flatMap(([, ring = ""]) =>
    (ring.match(/-?\d+/g) ?? []).map(Number),
  );
  expect(steps.length).toBeGreaterThan(5_000);
  expect(Math.max(...steps.map(Math.abs))).toBeLessThan(mapSize.width / 10);
});
