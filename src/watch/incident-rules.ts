/** The rules that acted in an incident: what was foretold of each, what came of it, and what kind of attack they met. */
import { z } from "zod";
import { rfc3339 } from "../base/clock.ts";
import { figure } from "../base/figures.ts";
import { type Evidence, type Incident, type RuleFacts, ruleSchema } from "../bus/facts.ts";

/** Of one incident. */
const rulesMax = 32;
/** So many are told of in its evidence. */
const toldMax = 8;

const keptRule = ruleSchema.omit({ created_at: true, expires_at: true, incident: true, by: true }).extend({
  /** Matched and refused before the incident. */
  matched_before: z.number(),
  refused_before: z.number(),
});
type KeptRule = z.infer<typeof keptRule>;

export const incidentRulesSchema = z.array(keptRule).max(rulesMax);
export type IncidentRules = z.infer<typeof incidentRulesSchema>;

/** Those that act are added or brought up to date. `sinceMs`: when the incident began. */
export function withRules(
  known: IncidentRules,
  acting: readonly RuleFacts[],
  sinceMs: number,
): IncidentRules {
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  for (const rule of acting) {
    const before = byId.get(rule.id);
    if (before === undefined && byId.size >= rulesMax) continue;
    byId.set(rule.id, keep(rule, before, Date.parse(rule.created_at) >= sinceMs));
  }
  return [...byId.values()];
}

/** What a rule from before the incident had matched until then is not its own. */
function keep(rule: RuleFacts, before: KeptRule | undefined, isNew: boolean): KeptRule {
  const own = before ?? {
    matched_before: isNew ? 0 : rule.matched,
    refused_before: isNew ? 0 : rule.refused,
  };
  return keptRule.parse({
    ...rule,
    matched: Math.max(rule.matched, before?.matched ?? 0),
    refused: Math.max(rule.refused, before?.refused ?? 0),
    matched_before: own.matched_before,
    refused_before: own.refused_before,
  });
}

/** For each that was not there before. */
export function rulesActed(before: IncidentRules, now: IncidentRules, atMs: number): Evidence[] {
  const known = new Set(before.map(({ id }) => id));
  return now
    .slice(0, toldMax)
    .filter(({ id }) => !known.has(id))
    .map((rule) => ({
      at: rfc3339(atMs),
      what: `a rule acts: ${rule.description}`,
      data: {
        rule: rule.id,
        description: rule.description,
        when: rule.when,
        terms: rule.terms,
        action: rule.action,
        coverage: rule.coverage,
        predicted_worst: rule.collateral_worst,
        predicted_group: rule.collateral_worst_group,
      },
    }));
}

/** What came of each. */
export function rulesEnded(rules: IncidentRules, atMs: number): Evidence[] {
  return rules.slice(0, toldMax).map((rule) => {
    const [matched, refused] = [rule.matched - rule.matched_before, rule.refused - rule.refused_before];
    return {
      at: rfc3339(atMs),
      what: `a rule matched ${figure(matched)} requests and refused ${figure(refused)}; ${harmWords(rule)}`,
      data: {
        rule: rule.id,
        matched,
        refused,
        real_worst: rule.seen_worst,
        real_group: rule.seen_worst_group,
        ended: rule.ended,
      },
    };
  });
}

function harmWords({ seen_worst: worst, seen_worst_group: group }: KeptRule): string {
  if (worst === null) return "nobody of good standing came meanwhile";
  if (worst === 0) return "it hit no reader in good standing";
  return `of readers in good standing it hit ${figure(worst * 100)} % at most${group === "" ? "" : ` (${group})`}`;
}

/** What comes from addresses that the kernel keeps out reaches no edge, so that nobody counts it. */
export function shutOut(addresses: number, atMs: number): Evidence[] {
  if (addresses === 0) return [];
  const what = `the kernel kept out ${figure(addresses)} addresses at a time; what they sent is not counted`;
  return [{ at: rfc3339(atMs), what, data: { kept_out: addresses } }];
}

/** How long it took from the first request to a rule that acted. */
export function firstRule(onsetMs: number, actedMs: number, atMs: number): Evidence {
  const ms = Math.max(0, actedMs - onsetMs);
  return {
    at: rfc3339(atMs),
    what: `the first rule acted ${(ms / 1_000).toFixed(1)} s after the volume rose`,
    data: { first_rule_ms: ms },
  };
}

/** Thousands who ask for wrong addresses are a flood; a few programs that do are looking for something. */
const searchersMax = 50;

/** By what most requests were matched for. */
export function kindOf(rules: IncidentRules, sources: number): Incident["kind"] {
  if (isMostly(rules, isSignIn)) return "login";
  return sources <= searchersMax && isMostly(rules, isSearching) ? "scan" : "flood";
}

type Test = (terms: RuleFacts["terms"]) => boolean;

function isMostly(rules: IncidentRules, test: Test): boolean {
  const matched = (of: IncidentRules): number =>
    of.reduce((sum, rule) => sum + rule.matched - rule.matched_before, 0);
  const all = matched(rules);
  return all > 0 && matched(rules.filter(({ terms }) => test(terms))) > all / 2;
}

const has = (terms: RuleFacts["terms"], trait: string, values: readonly string[]): boolean =>
  terms.some((term) => term.trait === trait && values.includes(term.value));

/** Forms are sent to where people sign in: the studio, or the protected site's own. */
const isSignIn: Test = (terms) =>
  has(terms, "method", ["POST"]) && (has(terms, "host", ["studio"]) || isSignInPath(terms));

function isSignInPath(terms: RuleFacts["terms"]): boolean {
  return terms.some(
    ({ trait, value }) => trait === "path" && /\/(wp-login|xmlrpc|login|sign-?in)\b/i.test(value),
  );
}

const isSearching: Test = (terms) =>
  terms.some(({ trait }) => trait === "misses") || has(terms, "place", ["missing", "malformed"]);
