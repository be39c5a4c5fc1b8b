/** A rule for tests of what rules do, with whatever matters to the test. */
import type { Rule } from "../src/decision/signatures/rule.ts";

export function testRule(fields: Partial<Rule> & Pick<Rule, "terms">): Rule {
  return {
    id: "R1",
    action: "deny",
    state: "active",
    by: "edge",
    coverage: 0.9,
    collateral: 0,
    worst: { share: 0.003, group: "phone" },
    seen: undefined,
    createdAtMs: 0,
    expiresAtMs: 60_000,
    ended: undefined,
    incident: null,
    matched: 0,
    refused: 0,
    ...fields,
  };
}
