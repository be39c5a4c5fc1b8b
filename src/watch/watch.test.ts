// The watch in simulated time: floods, crowds, drills, tampering, and what is left when it is killed.
import { describe, expect, test } from "bun:test";
import { bots, readers, testEdge } from "../../test/observations.ts";
import { type House, openHouse, saudi, startMs } from "../../test/watch-house.ts";
import { rfc3339 } from "../base/clock.ts";
import type { Incident } from "../bus/facts.ts";
import { closingQuietS } from "../decision/flood.ts";

describe("a flood", () => {
  test("is one incident from its first to its last second, with what was observed", () => {
    const house = openHouse();
    house.pass(30, [...readers(10)]);
    house.pass(20, [...readers(10), bots(3_000)]);
    expect(house.watch.mode).toBe("guarded");
    expect(house.watch.register.countOpen()).toBe(1);
    house.pass(closingQuietS, [...readers(10)]);
    expect(house.watch.mode).toBe("calm");
    const [incident, ...others] = house.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      kind: "flood",
      drill: false,
      status: "closed",
      outcome: "neutralised",
      rules: [],
    });
    expect(incident?.requests).toBe(20 * 3_010);
    expect(incident?.responses).toEqual({ signed: 20 * 3_010, judged: 0, uncertain: 0, dynamic: 0 });
    expect(Math.abs((incident?.sources ?? 0) - 307)).toBeLessThan(30);
    expect(spanS(incident)).toBe(20);
  });

  test("says in words and figures what is strange, without a word about who", () => {
    const house = openHouse();
    house.pass(5, [bots(3_000)]);
    const words = house.incidents()[0]?.evidence.map(({ what }) => what) ?? [];
    expect(words[0]).toBe("3,000 requests/s; usual here: 5/s, far above it from 50/s");
    expect(words).toContain("100 % come from clients that fetch no style sheet or image (usual: 36 %)");
    expect(words.some((what) => what.startsWith("100 % name no program"))).toBe(true);
    expect(words).toContain("100 % ask for /");
    expect(words.join()).not.toMatch(/attacker|Saudi|\d+\.\d+\.\d+\.\d+/);
  });

  test("names countries and networks by their share of what was looked up", () => {
    const house = openHouse({
      lookUp: (prefix) => (prefix.startsWith("127.64.") ? saudi : { country: "MA", asn: 0, name: "" }),
    });
    house.pass(5, [...readers(300), bots(2_700)]);
    const [incident] = house.incidents();
    expect(incident?.countries.map(({ code }) => code)).toEqual(["SA", "MA"]);
    expect(incident?.networks).toMatchObject([{ asn: 64_500, name: "Example" }]);
    expect(incident?.countries[0]?.share).toBeCloseTo(0.9, 1);
  });

  test("that keeps usual readers from their pages is degraded", () => {
    const house = openHouse();
    house.pass(10, [...readers(10, { status: 503 }), bots(3_000)]);
    house.pass(closingQuietS, [...readers(10)]);
    const [incident] = house.incidents();
    expect(incident?.outcome).toBe("degraded");
    expect(incident?.readers.served).toBeLessThan((incident?.readers.requests ?? 0) * 0.05);
  });

  test("that is refused while readers are served is neutralised", () => {
    const house = openHouse();
    house.pass(10, [...readers(10), bots(3_000, { status: 429, refused: true })]);
    house.pass(closingQuietS, [...readers(10)]);
    expect(house.incidents()[0]).toMatchObject({ outcome: "neutralised", refused: 30_000 });
  });

  test("is told when it begins, now and then, and when it ends", () => {
    const house = openHouse();
    house.pass(20, [bots(3_000)]);
    house.pass(closingQuietS, []);
    const told = house.told
      .filter(({ subject }) => subject === "incident")
      .map(({ event }) => (event as Incident).status);
    expect(told[0]).toBe("open");
    expect(told.at(-1)).toBe("closed");
    expect(told.length).toBeLessThan(20);
    const modes = house.told.flatMap(({ subject, event }) =>
      subject === "mode" ? [(event as { mode: string }).mode] : [],
    );
    expect(modes[0]).toBe("calm");
    expect(modes).toContain("guarded");
    expect(modes.at(-1)).toBe("calm");
  });

  test("of two edges is one incident", () => {
    const house = openHouse();
    const other = testEdge("edge-2");
    for (let second = 0; second < 10; second += 1) {
      house.watch.observe(other.observe([bots(1_000)]));
      house.pass(1, [bots(2_000)]);
    }
    const [incident, ...others] = house.incidents();
    expect(others).toEqual([]);
    expect(incident?.requests).toBe(30_000);
  });
});

test("a crowd is no incident, and nobody says guarded", () => {
  const house = openHouse();
  house.pass(120, [...readers(2_000)]);
  expect(house.incidents()).toEqual([]);
  expect(house.watch.mode).toBe("calm");
});

test("without observations nothing is concluded: an edge that is gone does not end a flood", () => {
  const house = openHouse();
  house.pass(10, [bots(3_000)]);
  house.clock.advance(3_600_000);
  house.watch.look();
  expect(house.incidents()).toMatchObject([{ status: "open" }]);
});

describe("a drill", () => {
  test("is marked, counts nowhere, teaches nothing, and ends when it says so", () => {
    const house = openHouse();
    house.pass(60, [...readers(10)]);
    const before = house.watch.baseline;
    house.announce(30);
    house.pass(20, [...readers(10), bots(3_000)]);
    expect(house.watch.mode).toBe("guarded");
    expect(house.watch.register.countOpen()).toBe(0);
    house.announce(0);
    house.pass(2, [...readers(10)]);
    expect(house.watch.baseline).toEqual(before);
    expect(house.incidents()).toMatchObject([
      {
        drill: true,
        kind: "flood",
        status: "closed",
        countries: [{ code: "SA", share: 1 }],
        requests: 60_000,
      },
    ]);
    expect(house.watch.mode).toBe("calm");
  });

  test("does not hide a real flood that comes meanwhile", () => {
    const house = openHouse();
    house.announce(300);
    house.pass(10, [...readers(10), bots(3_000)]);
    house.pass(10, [...readers(10), bots(3_000), bots(2_000, { from: "127.10.0.0" })]);
    const found = house.incidents().sort((a, b) => Number(a.drill) - Number(b.drill));
    expect(found.map(({ drill, requests }) => ({ drill, requests }))).toEqual([
      { drill: false, requests: 10 * 2_010 },
      { drill: true, requests: 20 * 3_000 },
    ]);
    expect(Math.abs((found[0]?.sources ?? 0) - 200)).toBeLessThan(50);
    expect(house.watch.register.countOpen()).toBe(1);
  });

  test("can only be made of loopback: nobody passes a real flood off as one", () => {
    const house = openHouse();
    for (const network of [
      "10.0.0.0/16",
      "127.0.0.0/8",
      "0.0.0.0/0",
      "127.64.0.0/24",
      "::1/128",
      "2001:db8:1::/48",
    ]) {
      expect(() => house.announce(60, network)).toThrow(/not a \/16 of 127/);
    }
    house.pass(10, [bots(3_000, { from: "10.0.0.0" })]);
    expect(house.incidents()).toMatchObject([{ drill: false }]);
  });

  test("lasts half an hour at most, and is then real", () => {
    const house = openHouse();
    expect(() => house.announce(31 * 60)).toThrow(/half an hour/);
    house.announce(10);
    house.pass(10, []);
    house.clock.advance(10_000);
    house.pass(10, [bots(3_000)]);
    expect(house.incidents()).toMatchObject([{ drill: false }]);
  });
});

describe("tampering", () => {
  const report = (house: House, where: string, repaired = false): void =>
    house.watch.report({
      where,
      evidence: { at: rfc3339(startMs), what: `${where} is not what was signed` },
      repaired,
    });

  test("is one incident, however many places and reports, and closed once all is right for a minute", () => {
    const house = openHouse();
    for (let times = 0; times < 50; times += 1) report(house, "blobs/aa");
    report(house, "blobs/bb");
    house.pass(3, [...readers(10)]);
    for (const place of ["blobs/aa", "blobs/bb"]) report(house, place, true);
    house.pass(30, [...readers(10)]);
    expect(house.incidents()).toMatchObject([{ kind: "tampering", status: "open" }]);
    house.pass(31, [...readers(10)]);
    expect(house.incidents()).toMatchObject([{ status: "closed", outcome: "neutralised", requests: 0 }]);
    expect(house.incidents()[0]?.evidence.map(({ data }) => data?.["where"])).toEqual([
      "blobs/aa",
      "blobs/bb",
      "blobs/aa",
      "blobs/bb",
      undefined,
    ]);
  });

  test("that lasts stays open", () => {
    const house = openHouse();
    report(house, "blobs/aa");
    report(house, "blobs/bb");
    report(house, "blobs/aa", true);
    house.pass(120, [...readers(10)]);
    expect(house.watch.register.countOpen()).toBe(1);
  });

  test("is closed after minutes without a report", () => {
    const house = openHouse();
    report(house, "blobs/aa");
    house.clock.advance(5 * 60_000);
    house.pass(1, [...readers(10)]);
    expect(house.incidents()[0]?.evidence.at(-1)?.what).toBe(
      "over: one place on disk; not reported again for 5 minutes",
    );
    expect(house.watch.register.countOpen()).toBe(0);
  });

  test("everywhere at once is one incident with bounded evidence", () => {
    const house = openHouse();
    for (let place = 0; place < 1_500; place += 1) report(house, `blobs/${place}`);
    house.clock.advance(5 * 60_000);
    house.pass(1, [...readers(10)]);
    expect(house.incidents()).toHaveLength(1);
    expect(house.incidents()[0]?.evidence).toHaveLength(40);
    expect(house.incidents()[0]?.evidence.at(-1)?.what).toContain("1500 places");
  });

  test("that is repaired without having been reported is nothing", () => {
    const house = openHouse();
    report(house, "blobs/aa", true);
    expect(house.incidents()).toEqual([]);
  });
});

describe("traffic", () => {
  test("is told once a second: what the edges carried, and how usual readers fared", () => {
    const house = openHouse();
    house.pass(2, [...readers(40, { latencyMs: 3 }), bots(60, { status: 429, refused: true })]);
    const seconds = house.told.filter(({ subject }) => subject === "traffic").map(({ event }) => event);
    expect(seconds).toEqual([...house.watch.traffic]);
    expect(seconds).toHaveLength(2);
    expect(house.watch.traffic[0]).toMatchObject({
      at: rfc3339(startMs + 1_000),
      requests: 100,
      refused: 60,
      failed: 0,
      mode: "calm",
      drill: false,
    });
    const fare = house.watch.traffic[0]?.readers;
    // Of people no more are taken for usual readers than a very good hour brings: four times 5/s.
    expect(fare?.requests).toBeCloseTo(18.5, 0);
    expect(fare?.p99_ms).toBeGreaterThanOrEqual(3);
    expect(fare?.p99_ms).toBeLessThan(6);
  });

  test("tells of readers who lose pages, and of errors", () => {
    const house = openHouse();
    house.pass(1, [...readers(20, { status: 503 })]);
    expect(house.watch.traffic).toMatchObject([{ requests: 20, failed: 20, readers: { served: 0 } }]);
  });

  test("says that a drill is going on, and that the mode is another one", () => {
    const house = openHouse();
    house.announce(60);
    house.pass(10, [...readers(10), bots(3_000)]);
    expect(house.watch.traffic.at(-1)).toMatchObject({ requests: 3_010, mode: "guarded", drill: true });
  });

  test("of two observations that came together is their average", () => {
    const house = openHouse();
    const late = testEdge("edge-1");
    house.watch.observe(late.observe([...readers(40)]));
    house.pass(1, [...readers(20)]);
    expect(house.watch.traffic).toMatchObject([{ requests: 30 }]);
  });

  test("is kept for ten minutes, and a silent edge leaves a gap", () => {
    const house = openHouse();
    house.pass(700, [...readers(2)]);
    expect(house.watch.traffic).toHaveLength(600);
    house.clock.advance(300_000);
    house.watch.look();
    house.pass(1, [...readers(2)]);
    expect(house.watch.traffic).toHaveLength(300);
  });
});

describe("what is kept", () => {
  test("a watch that comes back in the middle of a flood goes on with the same incident", () => {
    const house = openHouse();
    house.pass(10, [bots(3_000)]);
    const again = house.reopen();
    again.pass(10, [bots(3_000)]);
    again.pass(closingQuietS, []);
    const found = again.incidents();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ status: "closed", requests: 60_000 });
    expect(found[0]?.evidence.some(({ what }) => what.includes("started again"))).toBe(true);
  });

  test("a watch that comes back in a drill still knows that it is one", () => {
    const house = openHouse();
    house.announce(300);
    house.pass(10, [bots(3_000)]);
    const again = house.reopen();
    again.pass(10, [bots(3_000)]);
    expect(again.incidents()).toMatchObject([{ drill: true, requests: 60_000 }]);
  });

  test("no address and no prefix is in the database", () => {
    const house = openHouse();
    house.pass(30, [...readers(40), bots(3_000), bots(900, { sources: 1, from: "127.99.7.7" })]);
    const rows = ["incident", "memory"].flatMap((table) =>
      house.database.query(`SELECT * FROM ${table}`).all(),
    );
    expect(JSON.stringify(rows)).not.toMatch(/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/);
  });

  test("closed incidents go after their time, open ones stay", () => {
    const house = openHouse();
    house.pass(10, [bots(3_000)]);
    house.pass(closingQuietS, []);
    house.pass(10, [bots(3_000)]);
    house.clock.advance(366 * 86_400_000);
    house.watch.look();
    expect(house.incidents()).toMatchObject([{ status: "open" }]);
  });

  test("what can't be read any more starts anew", () => {
    const house = openHouse();
    house.database.run(
      "INSERT OR REPLACE INTO memory (name, value) VALUES ('baseline', '{\"version\":7}'), ('drills', 'rubbish')",
    );
    const again = house.reopen();
    expect(again.watch.baseline.rate_per_s).toBe(5);
  });

  test("a database that can't be written does not blind the watch", () => {
    const house = openHouse();
    house.database.run("PRAGMA query_only = ON");
    house.pass(10, [bots(3_000)]);
    expect(house.watch.mode).toBe("guarded");
    house.database.run("PRAGMA query_only = OFF");
    house.pass(1, [bots(3_000)]);
    expect(house.incidents()).toMatchObject([{ status: "open", requests: 33_000 }]);
  });
});

function spanS(incident: Incident | undefined): number {
  return (Date.parse(incident?.ended_at ?? "") - Date.parse(incident?.started_at ?? "")) / 1_000;
}
