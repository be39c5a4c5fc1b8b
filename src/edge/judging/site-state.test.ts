// When a page is held, when the whole site, and when either is live again; in times that the test says.
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  afterReading,
  clearsStorage,
  dueLooks,
  hold,
  isWorkedOn,
  newSite,
  release,
  type SeenReading,
  type SiteState,
  working,
} from "./site-state.ts";

const reading = (verdict: SeenReading["verdict"], more: Partial<SeenReading> = {}): SeenReading => ({
  address: "/",
  verdict,
  isKnown: true,
  isReread: false,
  plantsWorker: false,
  ...more,
});
const alarm = reading("alarm");
const after = (site: SiteState, ...readings: readonly (readonly [SeenReading, number])[]): SiteState =>
  readings.reduce((state, [one, atMs]) => afterReading(state, one, atMs), site);

describe("alarms", () => {
  test("the first one holds its page, and the edge looks at once, then ever more rarely", () => {
    let site = after(newSite(0), [alarm, 1_000]);
    expect([site.site, [...site.pages.keys()]]).toEqual(["live", ["/"]]);
    const looksAtMs: number[] = [];
    for (let atMs = 1_000; atMs <= 20_000; atMs += 50) {
      const { state, addresses } = dueLooks(site, atMs);
      site = state;
      if (addresses.includes("/")) looksAtMs.push(atMs);
    }
    expect(looksAtMs).toEqual([1_000, 1_250, 1_750, 2_750, 4_750, 9_750, 19_750]);
  });

  test("the third within a minute holds the site, whichever pages they are on", () => {
    const elsewhere = reading("alarm", { address: "/b" });
    const held = after(
      newSite(0),
      [alarm, 1],
      [elsewhere, 2],
      [reading("alarm", { isReread: true }), 60_000],
    );
    expect([held.site, held.by, held.sinceMs]).toEqual(["held", "edge", 60_000]);
    expect(held.reason).toContain("/");
    expect(after(newSite(0), [alarm, 1], [elsewhere, 2], [alarm, 60_002]).site).toBe("live");
  });

  test("questions and uncertain readings hold nothing, however many", () => {
    const many = Array.from(
      { length: 50 },
      (_, at) => [reading(at % 2 === 0 ? "question" : "uncertain"), at] as const,
    );
    expect(after(newSite(0), ...many)).toEqual(newSite(0));
  });

  test("at an address that anybody can make up they hold nothing, but the edge looks at the front page, not too often", () => {
    const madeUp = reading("alarm", { address: "/?s=hacked+by", isKnown: false });
    const site = after(newSite(0), ...Array.from({ length: 9 }, (_, at) => [madeUp, 20_000 + at] as const));
    expect([site.site, site.pages.size]).toEqual(["live", 0]);
    const looked = dueLooks(site, 20_010);
    expect(looked.addresses).toEqual(["/"]);
    expect(dueLooks(looked.state, 20_020).addresses).toEqual([]);
    expect(dueLooks(after(looked.state, [madeUp, 25_000]), 25_000).addresses).toEqual([]);
    expect(dueLooks(after(looked.state, [madeUp, 30_020]), 30_020).addresses).toEqual(["/"]);
  });
});

describe("a held page", () => {
  const right = reading("vouched", { isReread: true });

  test("is live again after three looks in a row that were right; a false one in between starts anew", () => {
    const twice = after(newSite(0), [alarm, 0], [right, 100], [right, 200]);
    expect(twice.pages.size).toBe(1);
    expect(after(twice, [right, 300]).pages.size).toBe(0);
    const relapsed = after(twice, [reading("alarm", { isReread: true }), 300], [right, 400], [right, 500]);
    expect([relapsed.site, relapsed.pages.size]).toEqual(["live", 1]);
  });

  test("is not released by what readers of it see, nor by a look that asks a question", () => {
    const seen = Array.from({ length: 5 }, (_, at) => [reading("vouched"), at] as const);
    const asked = Array.from(
      { length: 5 },
      (_, at) => [reading("question", { isReread: true }), at] as const,
    );
    expect(after(newSite(0), [alarm, 0], ...seen, ...asked).pages.size).toBe(1);
  });
});

describe("a held site", () => {
  test("stays held whatever is read, until it is released; an operator's word stands above the edge's", () => {
    const held = hold(newSite(0), "edge", "three readings", 10);
    expect(after(held, [reading("vouched", { isReread: true }), 20], [alarm, 30])).toBe(held);
    expect(dueLooks(held, 1_000).addresses).toEqual([]);
    const confirmed = hold(held, "operator", "not ours", 40);
    expect([confirmed.by, confirmed.sinceMs]).toEqual(["operator", 10]);
    expect(hold(confirmed, "edge", "again", 50)).toBe(confirmed);
    expect(release(confirmed, 60)).toEqual({ ...newSite(60), by: "operator" });
  });

  test("working on it ends by itself; a planted service worker is remembered for a while after", () => {
    const site = after(working(newSite(0), 5_000), [reading("question", { plantsWorker: true }), 1_000]);
    expect([isWorkedOn(site, 4_999), isWorkedOn(site, 5_000), isWorkedOn(newSite(0), 1)]).toEqual([
      true,
      false,
      false,
    ]);
    const released = release(site, 2_000);
    expect([clearsStorage(released, 3_600_000), clearsStorage(released, 200 * 3_600_000)]).toEqual([
      true,
      false,
    ]);
    expect(clearsStorage(newSite(0), 0)).toBe(false);
  });
});

test("whatever is read in whatever order: never more than so many pages held, and never live while held", () => {
  const anything = fc.record({
    address: fc.constantFrom("/", "/a", "/b", "/c"),
    verdict: fc.constantFrom("vouched" as const, "uncertain" as const, "question" as const, "alarm" as const),
    isKnown: fc.boolean(),
    isReread: fc.boolean(),
    plantsWorker: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, fc.nat(90_000)), { maxLength: 60 }), (events) => {
      let [state, nowMs] = [newSite(0), 0];
      for (const [one, waitMs] of events) {
        nowMs += waitMs;
        const wasHeld = state.site === "held";
        state = dueLooks(afterReading(state, one, nowMs), nowMs).state;
        if (wasHeld) expect(state.site).toBe("held");
        if (state.site === "held") expect(state.pages.size).toBe(0);
        expect(state.alarmsMs.length).toBeLessThan(3);
      }
    }),
  );
});
