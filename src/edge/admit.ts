/** Phase: may this client go on? The decision is src/decision/admission.ts; refusals.ts puts it into words. */
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

export function admit(exchange: Exchange, { admission, refusals, clock }: EdgeState): Verdict {
  const { client } = exchange;
  if (client === undefined) return next;
  const nowMs = clock.nowMs();
  const judgement = admission.judge(client, nowMs);
  if (judgement.kind === "admitted" || (judgement.kind === "throttled" && judgement.shadow)) return next;
  exchange.refused = true;
  return refusals.outcome(judgement, nowMs);
}
