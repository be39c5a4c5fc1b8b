// What operators are told of the gate before the studio: sums over workers, without those that are lost.
import { expect, test } from "bun:test";
import type { SignInReport } from "./sign-in-gate.ts";
import { SignInTotals } from "./totals.ts";

const calm: SignInReport = { isAsking: false, effort: 0, waiting: 0, tickets: 0, passes: 0 };

test("nothing is told where there is no such gate", () => {
  expect(new SignInTotals().facts).toBeUndefined();
});

test("workers' states are added up as they are now, what they gave out since the start", () => {
  const totals = new SignInTotals();
  totals.hear(0, { ...calm, isAsking: true, effort: 16, waiting: 7, tickets: 3 });
  totals.hear(1, { ...calm, waiting: 2, passes: 1 });
  totals.hear(0, { ...calm, isAsking: true, effort: 32, waiting: 5, tickets: 4 });
  expect(totals.facts).toEqual({ asking: 1, effort: 32, waiting: 7, tickets: 7, passes: 1 });
  totals.lost(0);
  expect(totals.facts).toEqual({ asking: 0, effort: 0, waiting: 2, tickets: 7, passes: 1 });
});
