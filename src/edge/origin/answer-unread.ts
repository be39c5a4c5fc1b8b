/** What nobody reads on its way: answers to the staff, and heads of films. Only where one signs in does the origin make somebody one of the staff. */
import { answerLane } from "../answer-lane.ts";
import { answerError } from "../answer-error.ts";
import { meetAgain } from "../gates/meet-again.ts";
import { meetGate } from "../gates/meet-gate.ts";
import type { Verdict } from "../outcome.ts";
import type { Errand } from "./errand.ts";

export async function answerUnread(errand: Errand, isStaff: boolean): Promise<Verdict> {
  const { exchange, path, way, state } = errand;
  const met = isStaff ? await meetGate(errand) : undefined;
  if (met !== undefined) return met;
  const verdict = await answerLane(exchange, way.lane, state, {
    pass: (asked) => way.gate.pass(asked, isStaff),
    provenance: isStaff ? "dynamic" : undefined,
    busy: async () =>
      (await meetAgain(errand)) ?? (await answerError(exchange, way.lane.options.errors.busy, state)),
  });
  const { headers } = exchange.request;
  if (exchange.response !== undefined)
    way.judge.holdBackSignIns(exchange.response.headers, { path, headers });
  return verdict;
}
