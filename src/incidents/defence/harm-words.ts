/** Whom a rule would hit and whom it has hit, as a sentence each. */
import type { Quantities } from "../quantities.ts";
import { groupName } from "./rule-words.ts";
import type { DefenceWords } from "./words.ts";

/** A bound this small is told as this: never "0 % at most". */
export const leastShare = 0.001;

export function foretoldHarm(
  worst: number,
  group: string,
  { rule, terms }: DefenceWords,
  quantities: Quantities,
): string {
  if (worst === 0) return rule.harmless;
  return rule.harm(quantities.share(Math.max(leastShare, worst)), groupName(group, terms, quantities));
}

/** `worst` is null where no reader has met the rule. */
export function seenHarm(
  worst: number | null,
  group: string,
  { rule, terms }: DefenceWords,
  quantities: Quantities,
): string {
  if (worst === null) return rule.unseen;
  if (worst === 0) return rule.seenNone;
  return rule.seen(quantities.share(worst), groupName(group, terms, quantities));
}
