// A network's share: what was asked for lately counts, what was long ago doesn't, and whom very many share is asked nothing.
import { expect, test } from "bun:test";
import { NetworkShare } from "./network-share.ts";

const home = { site: "portal", prefix: 7, isShared: false, nowMs: 0 };

test("so many at once, and some more with time", () => {
  const share = new NetworkShare(40);
  const taken = (nowMs: number): number =>
    Array.from({ length: 100 }, () => share.take({ ...home, nowMs })).filter(Boolean).length;
  expect(taken(0)).toBe(40);
  expect(taken(0)).toBe(0);
  // Half of it is forgotten after five minutes.
  expect(taken(5 * 60_000)).toBe(20);
});

test("each network has its own; a carrier's or Tor's is not counted", () => {
  const share = new NetworkShare(1);
  expect(share.take(home)).toBe(true);
  expect(share.take(home)).toBe(false);
  expect(share.take({ ...home, prefix: 8 })).toBe(true);
  expect([1, 2, 3].map(() => share.take({ ...home, isShared: true }))).toEqual([true, true, true]);
});
