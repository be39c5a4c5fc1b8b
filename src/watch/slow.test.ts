// Connections held open or never asked on, in simulated time: one incident for one attack, none for a few bad lines, and an honest end.
import { describe, expect, test } from "bun:test";
import { readers } from "../../test/observations.ts";
import { type House, openHouse } from "../../test/watch-house.ts";
import type { SocketDeedsFacts } from "../bus/facts.ts";

const usual = [...readers(10)];
const quiet: SocketDeedsFacts = {
  open: 100,
  opened_per_s: 5,
  silent_per_s: 0,
  slow_ended: 7,
  hoarded_ended: 0,
  left: 0,
  slow_named: 1,
  silent_named: 0,
};

function say(house: House, sockets: Partial<SocketDeedsFacts>, seconds = 1): void {
  house.pass(seconds, usual, { sockets: { ...quiet, ...sockets } });
}

test("a few bad lines are no incident, nor is what an edge had done before it was first heard", () => {
  const house = openHouse();
  say(house, { slow_ended: 5_000, slow_named: 90 }, 5);
  for (let minute = 0; minute < 10; minute += 1)
    say(house, { slow_ended: 5_000 + 25 * minute, slow_named: 90 }, 60);
  expect(house.incidents()).toEqual([]);
});

describe("many connections ended within a minute", () => {
  test("are one incident until it has been quiet for five", () => {
    const house = openHouse();
    say(house, {});
    for (let second = 1; second <= 60; second += 1)
      say(house, { slow_ended: 7 + 10 * second, slow_named: 1 + second });
    expect(house.incidents()).toMatchObject([
      { kind: "slow", status: "open", drill: false, sources: expect.any(Number) },
    ]);
    say(house, { slow_ended: 607, slow_named: 61 }, 298);
    expect(house.incidents()).toMatchObject([{ status: "open" }]);
    say(house, { slow_ended: 607, slow_named: 61 }, 5);
    expect(house.incidents()).toMatchObject([{ status: "closed", outcome: "neutralised", sources: 60 }]);
    const evidence = house.incidents()[0]?.evidence ?? [];
    expect(evidence.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^\d+ connections ended that took next to nothing/),
      "over: 600 connections ended that took next to nothing or only held a place, 60 addresses kept out for a while, in all",
    ]);
    expect(house.told.filter(({ subject }) => subject === "incident")).toHaveLength(2);
  });

  test("are the same incident after the watch was killed", () => {
    const house = openHouse();
    say(house, {});
    say(house, { slow_ended: 107 });
    const again = house.reopen();
    say(again, { slow_ended: 107 }, 2);
    say(again, { slow_ended: 300 });
    expect(again.incidents()).toHaveLength(1);
    say(again, { slow_ended: 300 }, 301);
    expect(again.incidents()).toMatchObject([{ status: "closed" }]);
  });

  test("are counted anew where the edge was started anew", () => {
    const house = openHouse();
    say(house, { slow_ended: 5_000 });
    say(house, { slow_ended: 3 }, 10);
    expect(house.incidents()).toEqual([]);
  });

  test("of a drill are a drill's", () => {
    const house = openHouse();
    house.announce(600);
    say(house, {});
    say(house, { slow_ended: 200 });
    expect(house.incidents()).toMatchObject([{ kind: "slow", drill: true }]);
    expect(house.watch.register.countOpen()).toBe(0);
    house.announce(0);
    say(house, { slow_ended: 200 });
    expect(house.incidents()).toMatchObject([{ drill: true, status: "closed" }]);
  });
});

test("thousands of connections on which nothing is asked are told of as such", () => {
  const house = openHouse();
  say(house, {});
  say(house, { silent_per_s: 4_000, silent_named: 1_200 });
  const [incident] = house.incidents();
  expect(incident).toMatchObject({ kind: "slow", sources: 1_200 });
  expect(incident?.evidence[0]?.data).toEqual({ silent_per_s: 4_000 });
});

test("where nothing can be done about them, that is told; it lasts as long as they do", () => {
  const house = openHouse();
  say(house, { left: 500 }, 400);
  expect(house.incidents()).toMatchObject([{ kind: "slow", status: "open" }]);
  expect(house.incidents()[0]?.evidence.map(({ data }) => data)).toEqual([{ left: 500 }]);
  say(house, {}, 301);
  expect(house.incidents()).toMatchObject([{ status: "closed" }]);
});
