// What a drill keeps of what edges say of their defence.
import { expect, test } from "bun:test";
import { actingRule, testEdge } from "../../test/observations.ts";
import type { DefenceFacts, RuleFacts } from "../bus/facts.ts";
import { DefenceLog } from "./attack-defence.ts";

const rule = actingRule({ id: "r1", state: "shadow" });
const edge = testEdge();
const facts = (mode: DefenceFacts["mode"], rules: RuleFacts[], banned = 0): DefenceFacts =>
  edge.defend({ mode, rules, kernel: { state: "off", banned } });

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
