/** A rule as it is told on the bus. */
import { rfc3339 } from "../../base/clock.ts";
import type { RuleFacts } from "../../bus/facts.ts";
import { writtenOut } from "../../decision/requests/trait.ts";
import type { Rule } from "../../decision/signatures/rule.ts";
import { description } from "../../decision/signatures/words.ts";

export function ruleFacts(rule: Rule, incident: string | null): RuleFacts {
  const { id, terms, action, state, by, coverage, collateral, worst, seen } = rule;
  return {
    id,
    description: description(rule),
    when: writtenOut(terms),
    terms: [...terms],
    action,
    state,
    by,
    coverage,
    collateral,
    collateral_worst: worst.share,
    collateral_worst_group: worst.group,
    seen_worst: seen?.share ?? null,
    seen_worst_group: seen?.group ?? "",
    created_at: rfc3339(rule.createdAtMs),
    expires_at: rfc3339(rule.expiresAtMs),
    ended: rule.ended ?? null,
    incident,
    matched: rule.matched,
    refused: rule.refused,
  };
}
