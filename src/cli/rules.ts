/** `kasbah rules`: what the edge slows down or refuses by itself, why, whom that harms, and a switch for each. */
import { OperatorError } from "../base/errors.ts";
import { figure } from "../base/figures.ts";
import type { Answer } from "../bus/bus.ts";
import type { RuleFacts } from "../bus/facts.ts";
import { inert } from "../language/inert.ts";
import { withInstance } from "./connect.ts";
import { counted, moment, table } from "./format.ts";
import { realHarm, share, worstHarm } from "./harm-words.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";

export const define: Define = (command) => {
  const list = withJson(command.command("list").description("every rule, with those that ended lately"));
  list.action(async () => {
    const invocation = invocationOf(list);
    const { rules } = await withInstance(invocation, (bus) => bus.request("edge.rules.list", {}));
    show(invocation, rules, () => describeList(rules));
  });

  const one = withJson(
    command.command("show").description("one rule with everything that is known of it"),
  ).argument("<id>", idHelp);
  one.action(async (id: string) => {
    const invocation = invocationOf(one);
    const { rules } = await withInstance(invocation, (bus) => bus.request("edge.rules.list", {}));
    const rule = found(id, { rule: rules.find((each) => each.id === id) ?? null });
    show(invocation, rule, () => describeOne(rule));
  });

  for (const { name, description, done, which } of switches) {
    const way = withJson(command.command(name).description(description)).argument("<id>", idHelp);
    way.action(async (id: string) => {
      const invocation = invocationOf(way);
      const answer = await withInstance(invocation, (bus) => bus.request(`edge.rules.${name}`, { id }));
      const rule = found(id, answer, which);
      show(invocation, rule, () => [`${rule.id} ${done}`]);
    });
  }
};

const idHelp = "as `kasbah rules list` shows it";

const switches = [
  {
    name: "enable",
    description: "let a rule start anew that has ended",
    done: "starts anew",
    which: "that may start anew",
  },
  { name: "disable", description: "end a rule now", done: "is switched off", which: "that hasn't ended" },
] as const;

/** Throws OperatorError where there is none. */
function found(id: string, { rule }: Answer<"edge.rules.enable">, which = ""): RuleFacts {
  if (rule !== null) return rule;
  throw new OperatorError(`there is no rule "${inert(id.slice(0, 100))}" ${which}`.trimEnd(), {
    hint: "see `kasbah rules list`",
    exitCode: 2,
  });
}

function describeList(rules: readonly RuleFacts[]): string[] {
  if (rules.length === 0) return ["there are no rules"];
  return table(
    rules.map((rule) => [rule.id, rule.state, rule.action, inert(rule.description), inert(rule.when)]),
  );
}

/** What requests said of themselves is in `when`: nothing of it may move a terminal's cursor. */
function describeOne(rule: RuleFacts): string[] {
  return [
    `${rule.id}: ${inert(rule.description)}`,
    `when: ${inert(rule.when)}`,
    `${rule.state}, ${rule.action}, made by ${rule.by} ${moment(rule.created_at)}, ${endOf(rule)}`,
    `covers ${share(rule.coverage)} of the flood; ${counted(rule.matched, "request")} matched, ${figure(rule.refused)} refused`,
    `predicted harm: ${share(rule.collateral)} of usual readers, ${worstHarm(rule.collateral_worst, rule.collateral_worst_group)}`,
    `real harm: ${realHarm(rule.seen_worst, rule.seen_worst_group)}`,
    ...(rule.incident === null ? [] : [`incident: ${rule.incident}`]),
  ];
}

function endOf({ ended, expires_at }: RuleFacts): string {
  return ended === null ? `until ${moment(expires_at)}` : `ended: ${inert(ended)}`;
}
