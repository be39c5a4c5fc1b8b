// Who opens connections and asks for nothing, by counts alone: floods of handshakes, readers, carriers, probes. No sockets.
import { describe, expect, test } from "bun:test";
import { type Asked, Arrivals, silentMax } from "./arrivals.ts";

const lookMs = 2_000;

interface Kind {
  readonly opensPerS: number;
  /** Pages a second; undefined: it never asks. */
  readonly pagesPerS?: number;
}

/** After how many seconds a source of that kind is named first; Infinity: not within ten minutes. */
function namedAfterS({ opensPerS, pagesPerS }: Kind): number {
  const arrivals = new Arrivals();
  for (let nowMs = 0; nowMs <= 600_000; nowMs += lookMs) {
    const count = Math.floor((nowMs / 1_000) * opensPerS);
    const asked: Asked | undefined = pagesPerS === undefined ? undefined : { agoMs: lookMs, pagesPerS };
    const counts = new Map(count === 0 ? [] : [["198.51.100.1", count]]);
    if (arrivals.look(counts, () => asked, nowMs).beyond.length > 0) return nowMs / 1_000;
  }
  return Number.POSITIVE_INFINITY;
}

describe("a source that asks for nothing", () => {
  test.each([
    [0.5, 46],
    [2, 10],
    [10, 2],
    [200, 2],
  ])("and opens %d connections a second is named after %d s at the latest", (opensPerS, seconds) => {
    expect(namedAfterS({ opensPerS })).toBeLessThanOrEqual(seconds);
  });

  test("a probe that looks every ten seconds whether the machine is up never is", () => {
    expect(namedAfterS({ opensPerS: 0.1 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("among three thousand who do the same", () => {
  /** After how many seconds all of them are named, and how many connections they made until then. */
  function flood(opensPerS: number): { readonly seconds: number; readonly made: number } {
    const arrivals = new Arrivals();
    const named = new Set<string>();
    for (let nowMs = 0; nowMs <= 120_000; nowMs += lookMs) {
      const count = Math.floor((nowMs / 1_000) * opensPerS);
      const counts = new Map(
        Array.from({ length: 3_000 }, (_, one) => [`10.0.${one >> 8}.${one & 255}`, count]),
      );
      if (count === 0) counts.clear();
      // A reader who comes in the middle of it, and asks as soon as they get in.
      if (nowMs >= 2 * lookMs) counts.set("192.0.2.1", nowMs === 2 * lookMs ? 6 : 7);
      const askedOf = (source: string): Asked | undefined =>
        source === "192.0.2.1" && nowMs > 2 * lookMs ? { agoMs: 0, pagesPerS: 0 } : undefined;
      for (const source of arrivals.look(counts, askedOf, nowMs).beyond) named.add(source);
      expect(named.has("192.0.2.1")).toBe(false);
      if (named.size === 3_000) return { seconds: nowMs / 1_000, made: 3_000 * count };
    }
    return { seconds: Number.POSITIVE_INFINITY, made: Number.POSITIVE_INFINITY };
  }

  test.each([
    [4, 4],
    [1, 6],
    [0.5, 12],
  ])("%d a second each are all named within %d s", (opensPerS, seconds) => {
    const { seconds: took, made } = flood(opensPerS);
    expect(took).toBeLessThanOrEqual(seconds);
    expect(made).toBeLessThanOrEqual(3_000 * opensPerS * seconds);
  });

  test("one every eight seconds each are never named: that stays open", () => {
    expect(flood(1 / 8).seconds).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a source that asks", () => {
  test.each([
    ["a reader without HTTP/2 who opens six for each page", { opensPerS: 6, pagesPerS: 1 }],
    ["a reader at their usual pace", { opensPerS: 1, pagesPerS: 0 }],
    ["a carrier's address where almost every second a reader comes", { opensPerS: 2, pagesPerS: 0 }],
    ["a carrier's address with sixteen pages a second", { opensPerS: 190, pagesPerS: 16 }],
    ["a busy carrier's address", { opensPerS: 1_000, pagesPerS: 32 }],
  ])("%s is never named", (_, kind) => {
    expect(namedAfterS(kind)).toBe(Number.POSITIVE_INFINITY);
  });

  test("one that hides forty connections a second behind a page now and then is named within seconds", () => {
    expect(namedAfterS({ opensPerS: 40, pagesPerS: 0 })).toBeLessThanOrEqual(4);
    expect(namedAfterS({ opensPerS: 40, pagesPerS: 1 })).toBeLessThanOrEqual(4);
  });
});

test("what was there before the first look is nobody's; a table that begins anew is no less than nothing", () => {
  const arrivals = new Arrivals();
  const silent = (): undefined => undefined;
  expect(arrivals.look(new Map([["198.51.100.1", 5_000]]), silent, 0)).toMatchObject({
    silent: 0,
    beyond: [],
  });
  expect(arrivals.look(new Map([["198.51.100.1", 5_001]]), silent, lookMs)).toMatchObject({
    opened: 1,
    beyond: [],
  });
  expect(arrivals.look(new Map([["198.51.100.1", 3]]), silent, 2 * lookMs)).toMatchObject({
    opened: 3,
    silent: 3,
    beyond: [],
  });
});

test("who was named isn't named again for what it was named for, and sooner if it goes on", () => {
  const arrivals = new Arrivals();
  const silent = (): undefined => undefined;
  const look = (count: number, at: number): readonly string[] =>
    arrivals.look(new Map([["198.51.100.1", count]]), silent, at * lookMs).beyond;
  look(1, 0);
  expect(look(1 + silentMax + 2, 1)).toEqual(["198.51.100.1"]);
  for (let at = 2; at < 20; at += 1) expect(look(1 + silentMax + 2, at)).toEqual([]);
  expect(look(1 + 2 * silentMax + 3, 20)).toEqual(["198.51.100.1"]);
});

test("a reader who has read for a while may lose their line for a moment", () => {
  const arrivals = new Arrivals();
  let asked: Asked | undefined = { agoMs: 0, pagesPerS: 1 };
  const look = (count: number, at: number): readonly string[] =>
    arrivals.look(new Map([["198.51.100.1", count]]), () => asked, at * lookMs).beyond;
  for (let at = 0; at < 10; at += 1) look(at, at);
  asked = { agoMs: 60_000, pagesPerS: 0 };
  expect(look(60, 10)).toEqual([]);
});
