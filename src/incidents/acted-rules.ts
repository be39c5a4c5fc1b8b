/** The rules that acted in an incident: what its evidence tells of each, and what the edge does where it still knows it. */
import { z } from "zod";
import type { Evidence, Incident, RuleFacts } from "../bus/facts.ts";

export interface ActedRule {
  readonly id: string;
  /** RFC 3339. */
  readonly from?: string;
  readonly terms?: RuleFacts["terms"];
  /** What it matches, in the edge's words. */
  readonly when?: string;
  /** `worst`: the share of the group that it hits most. */
  readonly foretold?: { readonly coverage: number; readonly worst: number; readonly group: string };
  /** `worst` is null where nobody came who could have been hit. */
  readonly cameOf?: { readonly refused: number; readonly worst: number | null; readonly group: string };
  /** Why, in the edge's words; null where it goes on. */
  readonly ended?: string | null;
}

const acting = z.object({
  rule: z.string(),
  when: z.string().optional(),
  terms: z.array(z.object({ trait: z.string(), value: z.string() })).optional(),
  coverage: z.number(),
  predicted_worst: z.number(),
  predicted_group: z.string(),
});
const acted = z.object({
  rule: z.string(),
  refused: z.number(),
  real_worst: z.number().nullable(),
  real_group: z.string(),
  ended: z.string().nullish(),
});
const aboutRule = z.union([acting, acted]);
/** How soon the first rule acted, and what the kernel kept out. */
const aboutAll = z.union([z.object({ first_rule_ms: z.number() }), z.object({ kept_out: z.number() })]);

/** In the order in which they acted. What evidence tells of a rule holds; the edge's facts fill what it leaves open. */
export function actedRules(incident: Incident, known: readonly RuleFacts[]): readonly ActedRule[] {
  const told = toldRules(incident.evidence);
  const ids = new Set([...told.keys(), ...incident.rules]);
  return [...ids].map((id) =>
    filled(
      told.get(id) ?? { id },
      known.find((rule) => rule.id === id),
    ),
  );
}

function filled(told: ActedRule, rule: RuleFacts | undefined): ActedRule {
  return rule === undefined ? told : { ...asKnown(rule), ...told };
}

/** What there is besides single rules: of all of them together, and of the attack. */
export function otherEvidence(evidence: readonly Evidence[]) {
  const rest = evidence.filter(({ data }) => !aboutRule.safeParse(data).success);
  const isOfAll = ({ data }: Evidence): boolean => aboutAll.safeParse(data).success;
  return { ofDefence: rest.filter(isOfAll), ofAttack: rest.filter((each) => !isOfAll(each)) } as const;
}

function toldRules(evidence: readonly Evidence[]): Map<string, ActedRule> {
  const rules = new Map<string, ActedRule>();
  for (const { at, data } of evidence) {
    const seen = aboutRule.safeParse(data).data;
    if (seen !== undefined)
      rules.set(seen.rule, { id: seen.rule, ...rules.get(seen.rule), ...asTold(seen, at) });
  }
  return rules;
}

function asTold(seen: z.infer<typeof aboutRule>, at: string): Omit<ActedRule, "id"> {
  if ("refused" in seen) {
    const { refused, real_worst: worst, real_group: group, ended } = seen;
    return { cameOf: { refused, worst, group }, ...(ended !== undefined && ended !== null && { ended }) };
  }
  const { when, terms, coverage, predicted_worst: worst, predicted_group: group } = seen;
  const words = { ...(when && { when }), ...(terms && { terms }) };
  return { from: at, ...words, foretold: { coverage, worst, group } };
}

function asKnown(rule: RuleFacts): ActedRule {
  const { id, when, terms, coverage, refused, ended } = rule;
  return {
    id,
    from: rule.created_at,
    when,
    terms,
    foretold: { coverage, worst: rule.collateral_worst, group: rule.collateral_worst_group },
    cameOf: { refused, worst: rule.seen_worst, group: rule.seen_worst_group },
    ended,
  };
}
