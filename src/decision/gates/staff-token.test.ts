// A staff token is good with its own session, at its own site, until its end, and nothing else reads as one.
import { expect, test } from "bun:test";
import fc from "fast-check";
import { hourMs } from "../../base/clock.ts";
import { GateKeys } from "./gate-keys.ts";
import { StaffTokens } from "./staff-token.ts";

const secret = Uint8Array.from({ length: 32 }, (_, at) => at);
const tokens = new StaffTokens(new GateKeys(secret), 12 * hourMs);
const order = { site: "studio", session: "s".repeat(43), nowMs: Date.UTC(2026, 10, 22) };
const token = tokens.issue(order);

test("it is good until its end, also when keys of other purposes have changed and after a restart", () => {
  const restarted = new StaffTokens(new GateKeys(secret), 12 * hourMs);
  const isGoodAfter = (ms: number): boolean => restarted.isGood(token, { ...order, nowMs: order.nowMs + ms });
  expect([0, 7 * hourMs, 12 * hourMs - 1, 12 * hourMs].map(isGoodAfter)).toEqual([true, true, true, false]);
});

test("with another session, at another site, under another secret it is none", () => {
  expect(tokens.isGood(token, { ...order, session: "t".repeat(43) })).toBe(false);
  expect(tokens.isGood(token, { ...order, site: "portal" })).toBe(false);
  const others = new StaffTokens(new GateKeys(new Uint8Array(32)), 12 * hourMs);
  expect(others.isGood(token, order)).toBe(false);
});

test("changed anywhere, or made up, it is none", () => {
  expect(token).toMatch(/^[\w-]{32}$/);
  fc.assert(
    fc.property(fc.nat(31), fc.constantFrom("A", "b", "z", "0", "9", "-", "_"), (at, letter) => {
      fc.pre(token[at] !== letter);
      expect(tokens.isGood(token.slice(0, at) + letter + token.slice(at + 1), order)).toBe(false);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => expect(tokens.isGood(text, order)).toBe(false)));
});
