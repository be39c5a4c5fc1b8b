// Where a request waits at the origin's gate, by what it has in hand.
import { expect, test } from "bun:test";
import { Hand } from "../gates/hand.ts";
import { freeWork } from "../gates/work.ts";
import type { LaneRequest } from "../lane/passage.ts";
import { Visitor } from "./visitor.ts";

const request: LaneRequest = {
  method: "GET",
  head: new Uint8Array(),
  framing: { kind: "none" },
  body: null,
  prefix: 7,
  client: { lasts() {}, ended() {} },
};
const hooks = { left() {}, sent() {}, ended() {} };
const laneOf = (more: Partial<LaneRequest>): string =>
  new Visitor({ ...request, ...more }, hooks).standing.lane;

test("in good standing, with a pass, with nothing; and what nobody waits for behind them all, whoever made us ask", () => {
  const hand = new Hand({ ticket: undefined, pass: undefined });
  hand.work = freeWork({ lane: "pass", prefix: 7, waitedMs: 0, effort: 0 });
  expect(laneOf({ isKnown: true })).toBe("known");
  expect(laneOf({ hand })).toBe("pass");
  expect(laneOf({})).toBe("ticket");
  expect(laneOf({ isBackground: true, isKnown: true, hand })).toBe("machines");
});
