/** `kasbah incidents`: the register of what happened. */
import { OperatorError } from "../base/errors.ts";
import type { Incident } from "../bus/facts.ts";
import { withInstance } from "./connect.ts";
import { count, counted, moment, share, table } from "./format.ts";
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
    const { incident } = await withInstance(invocation, (bus) => bus.request("watch.incidents.show", { id }));
    if (incident === null) {
      throw new OperatorError(`there is no incident "${id}"`, {
        hint: "see `kasbah incidents list`",
        exitCode: 2,
      });
    }
    show(invocation, incident, () => describeOne(incident));
  });
};

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
    counted(incident.requests, "request"),
    counted(incident.sources, "source"),
  ];
}

function nameOf({ kind, drill }: Incident): string {
  return drill ? `${kind} (drill)` : kind;
}

function describeOne(incident: Incident): string[] {
  const { responses, readers } = incident;
  const end = incident.ended_at === null ? "still open" : `to ${moment(incident.ended_at)}`;
  return [
    `${nameOf(incident)} ${incident.id}, ${incident.outcome ?? incident.status}`,
    `from ${moment(incident.started_at)}, ${end}`,
    `${counted(incident.requests, "request")} from about ${counted(incident.sources, "source")}: ${count(incident.refused)} refused, ${count(incident.challenged)} challenged`,
    `answers: ${count(responses.signed)} signed, ${count(responses.judged)} judged, ${count(responses.uncertain)} uncertain, ${count(responses.dynamic)} dynamic`,
    `readers: ${count(readers.served)} of ${counted(readers.requests, "request")} served, p99 ${readers.p99_ms} ms`,
    ...listed(
      "networks",
      incident.networks.map(({ asn, name, share: part }) => `${name} (AS${asn}) ${share(part)}`),
    ),
    ...listed(
      "countries",
      incident.countries.map(({ code, share: part }) => `${code} ${share(part)}`),
    ),
    ...listed("rules", incident.rules),
    ...incident.evidence.map(({ at, what }) => `${moment(at)}  ${what}`),
  ];
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}: ${items.join(", ")}`];
}
