/** What one look at the edges comes to on the studio's chart: everything that they carried, and how usual readers fared in it. */
import type { Traffic } from "../bus/facts.ts";
import { quantileMs } from "../decision/latency.ts";
import type { ReadersFare } from "../decision/usual-readers.ts";
import type { Round } from "./round.ts";

/** A round of more than a second (an observation came late) is told as its average. */
export function secondOf(
  { whole, failed }: Round,
  fare: ReadersFare,
  when: Pick<Traffic, "at" | "mode" | "drill" | "incidents_open">,
): Traffic {
  const { traffic, sums } = whole;
  const perS = (amount: number): number => amount / traffic.seconds;
  return {
    ...when,
    requests: Math.round(perS(sums.requests)),
    refused: Math.round(perS(sums.refused)),
    failed: Math.round(perS(failed)),
    readers: {
      requests: rounded(perS(fare.requests)),
      served: rounded(perS(fare.served)),
      p99_ms: quantileMs(fare.latency, 0.99),
    },
  };
}

/** Far below the hundredth that an outcome turns on. */
function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000;
}
