/** Why somebody is refused, as answers that explain themselves: the rule, the reason, until when. */
import type { ActiveBan } from "../decision/bans.ts";
import { ordinal } from "../decision/requests/trait.ts";
import type { Rule } from "../decision/signatures/rule.ts";
import type { ErrorAnswer } from "./errors.ts";
import { fails, type Outcome } from "./outcome.ts";
import { likeAFlood, likeAFloodsPace } from "./words.ts";

interface Explained {
  readonly retryAfterS: number | undefined;
  readonly outcome: Outcome;
}

/** Of a request that was not looked at, because it is like those before. Their strikes have halved four times by then. */
const unread: ErrorAnswer = {
  status: 429,
  rule: "source",
  words: likeAFloodsPace,
  retryAfterS: 60,
  close: true,
};
/** What has a pace in it passes as soon as the pace does. */
const retryAfterPaceS = 10;

/** The same words for the same refusal within a second, so that the answer to it is put together once. */
export class Refusals {
  readonly #throttled = new Map<number, Outcome>();
  readonly #explained = {
    refused: new WeakMap<object, Explained>(),
    closed: new WeakMap<object, Explained>(),
  };
  readonly #unread = fails(unread);

  /** Undefined: the request was not looked at. `close`: nothing else that comes on this connection is wanted. */
  byRule(rule: Rule | undefined, close: boolean, nowMs: number): Outcome {
    if (rule === undefined) return this.#unread;
    const isPaced = rule.action === "slow" || rule.terms.some(({ trait }) => ordinal(trait));
    const leftS = secondsUntil(rule.expiresAtMs, nowMs);
    const retryAfterS = isPaced ? Math.min(retryAfterPaceS, leftS) : leftS;
    return this.#once(rule, retryAfterS, close, () => explainRule(rule, isPaced, retryAfterS, close));
  }

  /** A bucket fills at one token a second at least, so that there is hardly more than one answer. */
  byBucket(retryAfterS: number): Outcome {
    const outcome =
      this.#throttled.get(retryAfterS) ?? fails({ status: 429, rule: "prefix-rate", retryAfterS });
    this.#throttled.set(retryAfterS, outcome);
    return outcome;
  }

  byBan(ban: ActiveBan, nowMs: number): Outcome {
    const retryAfterS = ban.expiresAtMs === null ? undefined : secondsUntil(ban.expiresAtMs, nowMs);
    return this.#once(ban, retryAfterS, false, () => explainBan(ban, retryAfterS));
  }

  #once(
    reason: ActiveBan | Rule,
    retryAfterS: number | undefined,
    close: boolean,
    explain: () => ErrorAnswer,
  ): Outcome {
    const explained = close ? this.#explained.closed : this.#explained.refused;
    const known = explained.get(reason);
    if (known !== undefined && known.retryAfterS === retryAfterS) return known.outcome;
    const outcome = fails(explain());
    explained.set(reason, { retryAfterS, outcome });
    return outcome;
  }
}

function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((atMs - nowMs) / 1000));
}

/** Which traits, not which values: enough to find out why, too little to write a flood around it. */
function explainRule(
  { id, terms, expiresAtMs }: Rule,
  isPaced: boolean,
  retryAfterS: number,
  close: boolean,
): ErrorAnswer {
  return {
    status: isPaced ? 429 : 403,
    words: isPaced ? likeAFloodsPace : likeAFlood,
    rule: `rule:${id}`,
    reason: [...new Set(terms.map(({ trait }) => trait))].join(", "),
    untilMs: expiresAtMs,
    retryAfterS,
    close,
  };
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
