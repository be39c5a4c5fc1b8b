/** `kasbah incidents`: the register of what happened. */
import { OperatorError } from "../base/errors.ts";
import { figure, percent } from "../base/figures.ts";
import { type Bus, BusError } from "../bus/bus.ts";
import type { Incident, RuleFacts } from "../bus/facts.ts";
import { type ActedRule, actedRules, otherEvidence } from "../incidents/acted-rules.ts";
import { inert } from "../language/inert.ts";
import { withInstance } from "./connect.ts";
import { counted, moment, table } from "./format.ts";
import { realHarm, share, worstHarm } from "./harm-words.ts";
import { storyLines } from "./incident-story.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";

export const define: Define = (command) => {
  const list = withJson(command.command("list").description("every incident, the newest first"));
  list.action(async () => {
    const invocation = invocationOf(list);
    const { incidents } = await withInstance(invocation, (bus) => bus.request("watch.incidents.list", {}));
    show(invocation, incidents, () => describeList(incidents));
  });

  const one = withJson(command.command("show").description("one incident with its evidence")).argument(
    "<id>",
    "as `kasbah incidents list` shows it",
  );
  one.action(async (id: string) => {
    const invocation = invocationOf(one);
    const { incident, rules } = await withInstance(invocation, async (bus) => ({
      ...(await bus.request("watch.incidents.show", { id })),
      rules: await knownRules(bus),
    }));
    if (incident === null) {
      throw new OperatorError(`there is no incident "${id}"`, {
        hint: "see `kasbah incidents list`",
        exitCode: 2,
      });
    }
    show(invocation, incident, () => describeOne(incident, rules));
  });
};

/** Those that the edge knows at this moment; an incident is told without it, too. */
async function knownRules(bus: Bus): Promise<readonly RuleFacts[]> {
  try {
    return (await bus.request("edge.rules.list", {})).rules;
  } catch (thrown) {
    if (thrown instanceof BusError) return [];
    throw thrown;
  }
}

function describeList(incidents: readonly Incident[]): string[] {
  if (incidents.length === 0) return ["nothing has happened yet"];
  return table(incidents.map(row));
}

function row(incident: Incident): string[] {
  return [
    incident.id,
    nameOf(incident),
    incident.outcome ?? incident.status,
    moment(incident.started_at),
    ...(incident.requests === 0
      ? []
      : [counted(incident.requests, "request"), counted(incident.sources, "source")]),
  ];
}

function nameOf({ kind, drill, host }: Incident): string {
  const name = host === undefined ? kind : `${kind} of ${inert(host)}`;
  return drill ? `${name} (drill)` : name;
}

function describeOne(incident: Incident, rules: readonly RuleFacts[]): string[] {
  const end = incident.ended_at === null ? "still open" : `to ${moment(incident.ended_at)}`;
  return [
    `${nameOf(incident)} ${incident.id}, ${incident.outcome ?? incident.status}`,
    `from ${moment(incident.started_at)}, ${end}`,
    ...(storyLines(incident) ?? describeAttack(incident, rules)),
  ];
}

/** An attack by requests, or on files. */
function describeAttack(incident: Incident, rules: readonly RuleFacts[]): string[] {
  const { ofDefence, ofAttack } = otherEvidence(incident.evidence);
  return [
    ...(incident.requests === 0 ? [] : describeTraffic(incident)),
    ...listed(
      "networks",
      incident.networks.map(({ asn, name, share: part }) => `${name} (AS${asn}) ${percent(part)}`),
    ),
    ...listed(
      "countries",
      incident.countries.map(({ code, share: part }) => `${code} ${percent(part)}`),
    ),
    ...actedRules(incident, rules).flatMap(describeRule),
    ...[...ofDefence, ...ofAttack].map(({ at, what }) => `${moment(at)}  ${inert(what)}`),
  ];
}

function describeTraffic({ requests, sources, refused, challenged, responses, readers }: Incident): string[] {
  return [
    `${counted(requests, "request")} from about ${counted(sources, "source")}: ${figure(refused)} refused, ${figure(challenged)} challenged`,
    `answers: ${figure(responses.signed)} signed, ${figure(responses.judged)} judged, ${figure(responses.uncertain)} uncertain, ${figure(responses.dynamic)} dynamic`,
    `readers: ${figure(readers.served)} of ${counted(readers.requests, "request")} served, p99 ${Math.round(readers.p99_ms)} ms`,
  ];
}

/** What requests said of themselves is in `when`: nothing of it may move a terminal's cursor. */
function describeRule({ id, when, foretold, cameOf, ended }: ActedRule): string[] {
  return [
    `rule ${id}: ${inert(when ?? "nothing more is known of it")}`,
    ...(foretold === undefined
      ? []
      : [
          `  covered ${share(foretold.coverage)} of the flood; predicted harm: ${worstHarm(foretold.worst, foretold.group)}`,
        ]),
    ...(cameOf === undefined
      ? []
      : [
          `  refused ${counted(cameOf.refused, "request")}; real harm: ${realHarm(cameOf.worst, cameOf.group)}`,
        ]),
    ...(ended === undefined || ended === null ? [] : [`  ended: ${inert(ended)}`]),
  ];
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}: ${items.join(", ")}`];
}
