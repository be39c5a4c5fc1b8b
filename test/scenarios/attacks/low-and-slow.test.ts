// Floods that take their time: twelve simulated days of one that wants to be taken for usual, and a few live seconds of one that looks like readers.
import { expect, test } from "bun:test";
import { lowAndSlow } from "../../../attacks/profiles/low-and-slow.ts";
import { dayMs } from "../../../src/base/clock.ts";
import { defaultConfig } from "../../../src/config/load.ts";
import { findRules, type Limits } from "../../../src/decision/signatures/search.ts";
import { Usual } from "../../../src/decision/signatures/usual.ts";
import { Window } from "../../../src/decision/signatures/window.ts";
import { SimulatedDefence, type Tick } from "../../edge/simulated-defence.ts";
import { bare, desktop, key, many, reader, sampleOf } from "../../synthetic-traffic.ts";
import { type Flow, people, trafficOfFlows } from "../../traffic.ts";
import { House, startsWithinMs } from "./house.ts";

const ceiling = defaultConfig().decision.reader_harm_max;
/** Requests a second: of readers; of the flood just below what would be far above the usual. */
const [readersPerS, plantedPerS] = [2, 6];
const minuteMs = 60_000;

test("twelve days of a low flood don't make it usual: the real one is met within a second", () => {
  using edge = new SimulatedDefence();
  edge.defence.hearWatch({ learn: true, reason: "calm" });
  for (let minute = 0; minute < (12 * dayMs) / minuteMs; minute += 1) passMinute(edge, minute);
  expect(edge.defence.mode).toBe("calm");
  expect(edge.until(() => edge.activeRules > 0, flooded)).toBeLessThanOrEqual(1_000);
  expect(edge.defence.mode).toBe("guarded");
  for (const { collateral_worst: worst } of edge.facts.rules) expect(worst).toBeLessThanOrEqual(ceiling);

  // Where everything that was seen counts as readers' own, the flood has won its country over, and no rule against it is harmless.
  const nowMs = edge.clock.nowMs();
  const usual = edge.usual.peace.usual(nowMs);
  const naive = new Usual(
    Array.from(usual.rows, ({ ...row }) => Object.assign(row, { strange: false })),
    key,
  );
  const window = new Window(key, 8);
  window.add(sampleOf(flooded().requests ?? []), nowMs);
  expect(findRules(window, usual, limits, nowMs).length).toBeGreaterThan(0);
  expect(findRules(window, naive, limits, nowMs)).toEqual([]);
}, 60_000);

const limits: Limits = {
  ceiling,
  excess: 1_000,
  covered: [],
  barred: () => false,
  evaded: () => false,
};

/** One look a minute: of the readers a quarter as many as of the flood, which comes from ever other sources. */
function passMinute(edge: SimulatedDefence, minute: number): void {
  edge.clock.advance(minuteMs - 100);
  const nowMs = edge.clock.nowMs();
  const flows = [people(readersPerS), planted];
  edge.usual.count(trafficOfFlows(flows, { endMs: nowMs, seconds: minuteMs / 1_000 }), nowMs);
  const source = minute * 8;
  const requests = [
    { ...reader, source },
    { ...desktop, source: source + 1 },
    ...many(6, (at) => ({ ...bare, source: source + 2 + at })),
  ];
  edge.tick({ requests, weight: ((readersPerS + plantedPerS) * minuteMs) / 1_000 / requests.length });
}

const planted: Flow = {
  kinds: { "none none bare": plantedPerS },
  sources: plantedPerS,
  countries: { SA: plantedPerS },
};

/** Fifty times the readers, at the flood's own haste. */
function flooded(): Tick {
  const requests = many(200, (at) => (at < 4 ? { ...reader, source: at } : { ...bare, source: at % 150 }));
  return { requests, weight: 1 };
}

test(
  "live: what looks like readers is carried, and costs them nothing",
  async () => {
    await using house = await House.open();
    const { flood, readers } = await house.attack(lowAndSlow, { sources: 3_000, seconds: 4 });
    expect(readers.flood.reads).toBeGreaterThan(100);
    expect(readers.flood.wrong).toEqual({});
    expect(flood.refused).toBe(0);
  },
  startsWithinMs + 20_000,
);
