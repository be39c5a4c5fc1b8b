/** What the bus can ask of an edge's defence, and what it tells. Whoever asks: the ceiling of reader harm is held to here. */
import type { Bus } from "../../bus/bus.ts";
import type { DefenceFacts, RuleFacts } from "../../bus/facts.ts";
import type { Rule } from "../../decision/signatures/rule.ts";
import type { Defence } from "./defence.ts";
import { ruleFacts } from "./rule-facts.ts";

/** `facts`: as they are now. Returns what ends it. */
export function answerDefence(bus: Bus, defence: Defence, facts: () => DefenceFacts): (() => void)[] {
  const answer = (): { defence: DefenceFacts } => ({ defence: facts() });
  const ruled = (rule: Rule | undefined): { rule: RuleFacts | null } => ({
    rule: rule === undefined ? null : ruleFacts(rule, defence.incidentOf(rule)),
  });
  return [
    bus.subscribe("learning", (learning) => defence.hearWatch(learning)),
    bus.subscribe("incident", (incident) => defence.linkIncident(incident)),
    bus.respond("edge.defence", answer),
    bus.respond("edge.defence.force", (ask) => {
      defence.force(ask);
      return answer();
    }),
    bus.respond("edge.defence.freeze", ({ frozen }) => {
      defence.freeze(frozen);
      return answer();
    }),
    bus.respond("edge.defence.undo", () => ({ rules: defence.undo().length, ...answer() })),
    bus.respond("edge.rules.list", () => ({
      rules: defence.rules.flatMap((rule) => ruled(rule).rule ?? []),
    })),
    bus.respond("edge.rules.add", (ask) => {
      const added = defence.addRule(ask);
      if ("objection" in added) return { rule: null, objection: added.objection };
      return { ...ruled(added.rule), objection: null };
    }),
    bus.respond("edge.rules.enable", ({ id }) => ruled(defence.enableRule(id))),
    bus.respond("edge.rules.disable", ({ id }) => ruled(defence.disableRule(id))),
  ];
}
