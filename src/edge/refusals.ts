/** Admission's decisions as answers that explain themselves: the rule, the reason, until when. */
import type { Judgement } from "../decision/admission.ts";
import type { ActiveBan } from "../decision/bans.ts";
import type { ErrorAnswer } from "./errors.ts";
import { fails, type Outcome } from "./outcome.ts";

interface BanOutcome {
  readonly retryAfterS: number | undefined;
  readonly outcome: Outcome;
}

/** The same words for the same refusal within a second, so that the answer to it is put together once. */
export class Refusals {
  readonly #throttled = new Map<number, Outcome>();
  readonly #banned = new WeakMap<ActiveBan, BanOutcome>();

  outcome(judgement: Exclude<Judgement, { kind: "admitted" }>, nowMs: number): Outcome {
    return judgement.kind === "throttled"
      ? this.#throttle(judgement.retryAfterS)
      : this.#ban(judgement.ban, nowMs);
  }

  /** A bucket fills at one token a second at least, so that there is hardly more than one answer. */
  #throttle(retryAfterS: number): Outcome {
    const outcome =
      this.#throttled.get(retryAfterS) ?? fails({ status: 429, rule: "prefix-rate", retryAfterS });
    this.#throttled.set(retryAfterS, outcome);
    return outcome;
  }

  #ban(ban: ActiveBan, nowMs: number): Outcome {
    const retryAfterS = ban.expiresAtMs === null ? undefined : Math.ceil((ban.expiresAtMs - nowMs) / 1000);
    const known = this.#banned.get(ban);
    if (known !== undefined && known.retryAfterS === retryAfterS) return known.outcome;
    const outcome = fails(explainBan(ban, retryAfterS));
    this.#banned.set(ban, { retryAfterS, outcome });
    return outcome;
  }
}

function explainBan(
  { network, reason, expiresAtMs }: ActiveBan,
  retryAfterS: number | undefined,
): ErrorAnswer {
  const known = { status: 403, rule: `ban:${network}`, reason } as const;
  return expiresAtMs === null || retryAfterS === undefined
    ? known
    : { ...known, untilMs: expiresAtMs, retryAfterS };
}
