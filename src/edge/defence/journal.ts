/** What the defence did, as lines of the log: what changed and why, never whom it met. */
import type { Log } from "../../base/log.ts";
import { inWords, type Mode, type ModeStep } from "../../decision/modes/mode.ts";
import { writtenOut } from "../../decision/requests/trait.ts";
import type { Rule } from "../../decision/signatures/rule.ts";

export function logMode(log: Log, from: Mode, { mode, reason }: ModeStep): void {
  log.info("the mode changes", { from, to: mode, reason: inWords(reason) });
}

const said: Readonly<Record<Rule["state"], string>> = {
  shadow: "tries a rule",
  active: "a rule acts",
  expired: "a rule ends",
};

export function logRule(log: Log, rule: Rule): void {
  log.info(said[rule.state], {
    rule: rule.id,
    by: rule.by,
    action: rule.action,
    when: writtenOut(rule.terms),
    coverage: round(rule.coverage),
    worst: round(rule.worst.share),
    worst_group: rule.worst.group,
    seen_worst: rule.seen === undefined ? undefined : round(rule.seen.share),
    why: rule.ended,
  });
}

/** Shares to a tenth of a percent. */
function round(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
