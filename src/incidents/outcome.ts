/** What an incident came to, by the definition that makes "repelled" mean something. */
import type { Incident } from "../bus/facts.ts";

/** Of usual readers' requests, so many have to be served in time. */
const neutralisedShare = 0.99;

/**
 * *neutralised*: at least 99 % of usual readers' requests were served within their usual time × 3; *degraded*: fewer. Where nobody was
 * reading, nobody went without. *breached* (something false was shown) is not decided here: an edge shows nothing that it has not verified,
 * and what it showed all the same only somebody else can tell.
 */
export function outcomeOf(readers: {
  readonly requests: number;
  readonly served: number;
}): NonNullable<Incident["outcome"]> {
  const { requests, served } = readers;
  return requests === 0 || served / requests >= neutralisedShare ? "neutralised" : "degraded";
}
