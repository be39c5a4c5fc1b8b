// What a drill keeps of what edges say of their defence.
import { expect, test } from "bun:test";
import type { DefenceFacts, RuleFacts } from "../bus/facts.ts";
import { DefenceLog } from "./attack-defence.ts";

const rule: RuleFacts = {
  id: "r1",
  description: "covers 97 % of the flood",
  when: 'program is "none" and pace is at least 8',
  terms: [{ trait: "program", value: "none" }],
  action: "deny",
  state: "shadow",
  by: "edge",
  coverage: 0.97,
  collateral: 0,
  collateral_worst: 0,
  collateral_worst_group: "",
  seen_worst: null,
  seen_worst_group: "",
  created_at: "2011-07-31T14:00:00Z",
  expires_at: "2011-07-31T14:10:00Z",
  ended: null,
  incident: null,
  matched: 0,
  refused: 0,
};
const facts = (mode: DefenceFacts["mode"], rules: RuleFacts[], banned = 0): DefenceFacts => ({
  edge: "edge",
  at: "2011-07-31T14:00:00Z",
  mode,
  volume: false,
  composition: false,
  health: false,
  reason: "",
  forced: null,
  frozen: false,
  dry_run: false,
  requests_per_s: 0,
  usual_per_s: 0,
  known_readers: { requests: 0, served: 0 },
  rules,
  ladder: { slow: 0, refuse: 0, close: 0, kernel: 0 },
  held: 0,
  kernel: { state: "off", banned },
  countries: [],
});

test("the first rule that acts is timed from onset; one that is only tried is not", () => {
  const log = new DefenceLog();
  log.hears(facts("siege", [{ ...rule, state: "active" }]), 500);
  expect(log.seen).toBeNull();
  log.begins(1_000);
  log.hears(facts("calm", [rule]), 1_100);
  expect(log.seen).toMatchObject({ mode: "calm", first_rule_ms: null, rules: [] });
  log.hears(facts("guarded", [{ ...rule, state: "active" }], 7), 1_400);
  log.hears(facts("calm", [{ ...rule, state: "expired", refused: 9 }], 2), 9_000);
  expect(log.seen).toMatchObject({ mode: "guarded", strained: false, first_rule_ms: 400, banned: 7 });
  expect(log.seen?.rules).toMatchObject([{ id: "r1", state: "expired", refused: 9 }]);
});
