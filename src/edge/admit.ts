/** Phase: may this client go on? The decision is src/decision/admission.ts; here it becomes an answer that explains itself. */
import type { Judgement } from "../decision/admission.ts";
import type { ErrorAnswer } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { next, type Verdict } from "./outcome.ts";
import type { EdgeState } from "./state.ts";

export function admit(exchange: Exchange, { admission, clock }: EdgeState): Verdict {
  const { client } = exchange;
  if (client === undefined) return next;
  const nowMs = clock.nowMs();
  const judgement = admission.judge(client, nowMs);
  if (judgement.kind === "admitted" || (judgement.kind === "throttled" && judgement.shadow)) return next;
  exchange.refused = true;
  return { kind: "error", error: explain(judgement, nowMs) };
}

function explain(judgement: Exclude<Judgement, { kind: "admitted" }>, nowMs: number): ErrorAnswer {
  if (judgement.kind === "throttled") {
    return { status: 429, rule: "prefix-rate", retryAfterS: judgement.retryAfterS };
  }
  const { network, reason, expiresAtMs } = judgement.ban;
  const known = { status: 403, rule: `ban:${network}`, reason } as const;
  if (expiresAtMs === null) return known;
  return { ...known, untilMs: expiresAtMs, retryAfterS: Math.ceil((expiresAtMs - nowMs) / 1000) };
}
