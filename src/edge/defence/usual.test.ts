// What is usual here outlives a restart, and is learned late enough that a flood's first seconds teach nothing.
import { Database } from "bun:sqlite";
import { describe, expect, spyOn, test } from "bun:test";
import { join } from "node:path";
import { SimulatedDefence, type Tick } from "../../../test/edge/simulated-defence.ts";
import { bare, many, reader } from "../../../test/synthetic-traffic.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { people, trafficOfFlows } from "../../../test/traffic.ts";
import { highFrom } from "../../decision/modes/volume.ts";

const minuteMs = 60_000;

/** Readers of a country of their own, who read quickly. */
const quick = { ...reader, pace: "2", country: "MA" };
const calm = (atMs: number): Tick => ({
  requests: many(2, (at) => ({ ...quick, source: (atMs / 100) * 2 + at })),
});
const strange = (atMs: number): Tick => ({
  requests: many(2, (at) => ({ ...bare, source: (atMs / 100) * 2 + at })),
});

function learned(edge: SimulatedDefence): number {
  return edge.usual.peace.record().calm_s;
}

describe("peace", () => {
  test("is learned ten seconds late, while the watch says so", () => {
    using edge = new SimulatedDefence();
    edge.defence.hearWatch({ learn: true, reason: "calm" });
    edge.run(9_000, calm);
    expect(learned(edge)).toBe(0);
    edge.run(11_000, calm);
    expect(learned(edge)).toBeGreaterThan(5);
  });

  test("is not learned in incidents and drills, nor from a beginning flood", () => {
    using edge = new SimulatedDefence();
    edge.defence.hearWatch({ learn: false, reason: "a drill" });
    edge.run(30_000, calm);
    expect(learned(edge)).toBe(0);
    edge.defence.hearWatch({ learn: true, reason: "calm" });
    edge.run(8_000, strange);
    edge.run(3_000, () => ({ requests: many(200, (at) => ({ ...bare, source: at })), weight: 10 }));
    expect([learned(edge), edge.defence.mode]).toEqual([0, "guarded"]);
  });

  test("is learned without a watch only after five minutes of unbroken calm", () => {
    using edge = new SimulatedDefence();
    edge.run(4 * minuteMs, calm);
    expect(learned(edge)).toBe(0);
    edge.run(2 * minuteMs, calm);
    expect(learned(edge)).toBeGreaterThan(30);
  });

  test("is learned again once a watch that froze has been silent for a minute and all is calm", () => {
    using edge = new SimulatedDefence();
    edge.defence.hearWatch({ learn: false, reason: "an incident" });
    edge.run(7 * minuteMs, calm);
    expect(learned(edge)).toBeGreaterThan(30);
  });
});

test("a site with many readers from the first day on learns within hours that it has; not while an attack is known", () => {
  const busy = 100;
  const rateAfter = (hours: number, mayLearn: boolean): number => {
    using edge = new SimulatedDefence();
    const fromMs = edge.clock.nowMs();
    for (let minute = 0; minute < hours * 60; minute += 1) {
      const endMs = fromMs + minute * minuteMs;
      edge.usual.count(trafficOfFlows([people(busy)], { endMs, seconds: 60 }), endMs);
      edge.usual.tend({ mayLearn, isHigh: true }, endMs + 11_000);
    }
    return edge.usual.ratePerS(fromMs + hours * 60 * minuteMs);
  };
  expect(highFrom(rateAfter(4, true))).toBeGreaterThan(busy);
  expect(rateAfter(4, false)).toBe(5);
});

test("single requests are forgotten in time also while an attack keeps everybody from learning", () => {
  using edge = new SimulatedDefence();
  const forgets = spyOn(edge.usual.peace, "forget");
  const fromMs = edge.clock.nowMs();
  for (let passedMs = 0; passedMs <= 2 * minuteMs; passedMs += 10_000) {
    edge.usual.tend({ mayLearn: false, isHigh: true }, fromMs + passedMs);
  }
  expect(forgets.mock.calls).toEqual([[fromMs + minuteMs], [fromMs + 2 * minuteMs]]);
});

describe("edge.sqlite", () => {
  test("keeps what was learned over a restart: once a minute, and at the end", async () => {
    await using folder = temporaryFolder();
    const path = join(folder.path, "edge.sqlite");
    let before: number;
    {
      using edge = new SimulatedDefence({}, { path });
      edge.defence.hearWatch({ learn: true, reason: "calm" });
      edge.run(59_000, calm);
      expect(edge.database.recall("peace")).toBeUndefined();
      edge.defence.hearWatch({ learn: true, reason: "calm" });
      edge.run(2_000, calm);
      expect(edge.database.recall("peace")).toBeDefined();
      expect(edge.database.recall("baseline")).toContain('"version":2');
      edge.usual.save(edge.clock.nowMs());
      before = learned(edge);
    }
    using again = new SimulatedDefence({}, { path });
    expect(learned(again)).toBe(before);
    expect(again.lines).toEqual([]);
  });

  test("that is damaged in one place starts anew there, and says so", async () => {
    await using folder = temporaryFolder();
    const path = join(folder.path, "edge.sqlite");
    {
      using edge = new SimulatedDefence({}, { path });
      edge.usual.save(edge.clock.nowMs());
    }
    const database = new Database(path);
    database.run(`UPDATE usual SET value = '{"version":1,"calm_s":-5,"patterns":[]}' WHERE name = 'peace'`);
    database.run("UPDATE usual SET value = '{' WHERE name = 'baseline'");
    database.close();
    using again = new SimulatedDefence({}, { path });
    expect(again.lines.map(({ event, fields }) => [event, fields["memory"]])).toEqual([
      ["starts anew with what it can't read", "baseline"],
      ["starts anew with what it can't read", "peace"],
    ]);
    expect(learned(again)).toBe(0);
    expect(
      again.until(
        () => again.activeRules > 0,
        () => ({ requests: many(200, (at) => ({ ...bare, source: at })), weight: 10 }),
      ),
    ).toBeLessThanOrEqual(1_000);
  });

  test("holds no reader's address, path or program", async () => {
    await using folder = temporaryFolder();
    using edge = new SimulatedDefence({}, { path: join(folder.path, "edge.sqlite") });
    edge.defence.hearWatch({ learn: true, reason: "calm" });
    edge.run(50_000, calm);
    edge.usual.save(edge.clock.nowMs());
    const kept = `${edge.database.recall("peace")}${edge.database.recall("baseline")}`;
    for (const secret of ["127.20", "Mozilla", "Pixel"]) expect(kept).not.toContain(secret);
  });
});
