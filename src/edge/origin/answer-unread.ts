/** What nobody reads on its way: answers to the staff, and heads of films. Only where one signs in does the origin make somebody one of the staff. */
import { answerLane } from "../answer-lane.ts";
import type { Verdict } from "../outcome.ts";
import type { Errand } from "./errand.ts";

export async function answerUnread(
  { exchange, path, way, state }: Errand,
  isStaff: boolean,
): Promise<Verdict> {
  const verdict = await answerLane(exchange, way.lane, state, {
    pass: (asked) => way.gate.pass(asked, isStaff),
    provenance: isStaff ? "dynamic" : undefined,
  });
  const { headers } = exchange.request;
  if (exchange.response !== undefined)
    way.judge.holdBackSignIns(exchange.response.headers, { path, headers });
  return verdict;
}
