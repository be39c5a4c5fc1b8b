// When the gates begin to ask something of those who want work, and when they stop.
import { expect, test } from "bun:test";
import { Pressure } from "./pressure.ts";

interface Second {
  readonly asked: number;
  readonly served: number;
  readonly waiting: number;
}

/** Second after second, looked at ten times in each. */
function after(
  seconds: number,
  { asked, served, waiting }: Second,
  pressure: Pressure,
  fromMs: number,
): number {
  for (let tenth = 1; tenth <= seconds * 10; tenth += 1) {
    for (let at = 0; at < asked / 10; at += 1) pressure.asked();
    for (let at = 0; at < served / 10; at += 1) pressure.served();
    pressure.look(waiting, fromMs + tenth * 100);
  }
  return fromMs + seconds * 1_000;
}

const flood: Second = { asked: 5_000, served: 50, waiting: 200 };
/** All of them challenged: hardly anybody waits. */
const held: Second = { asked: 5_000, served: 20, waiting: 0 };
const calm: Second = { asked: 20, served: 20, waiting: 0 };

test("begins where more waits than a second serves, for longer than a second", () => {
  const pressure = new Pressure(0);
  let nowMs = after(20, { asked: 50, served: 50, waiting: 10 }, pressure, 0);
  nowMs = after(1, flood, pressure, nowMs);
  expect(pressure.isOn).toBe(false);
  after(1, flood, pressure, nowMs);
  expect(pressure.isOn).toBe(true);
});

test("a page whose hundred parts are asked for at once is no pressure", () => {
  const pressure = new Pressure(0);
  let nowMs = after(20, calm, pressure, 0);
  for (const waiting of [100, 80, 60, 30, 10, 0]) {
    pressure.look(waiting, nowMs);
    nowMs += 100;
  }
  after(20, calm, pressure, nowMs);
  expect(pressure.isOn).toBe(false);
});

test("goes on while those who are told to wait still come, and ends some seconds after they stop", () => {
  const pressure = new Pressure(0);
  let nowMs = after(3, flood, pressure, 0);
  nowMs = after(60, held, pressure, nowMs);
  expect([pressure.isOn, pressure.load > 50]).toEqual([true, true]);
  nowMs = after(9, calm, pressure, nowMs);
  expect(pressure.isOn).toBe(true);
  after(3, calm, pressure, nowMs);
  expect(pressure.isOn).toBe(false);
});
