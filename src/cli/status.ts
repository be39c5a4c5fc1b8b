/** `kasbah status`: how the site stands, from what the roles say of themselves. */
import { OperatorError } from "../base/errors.ts";
import { figure } from "../base/figures.ts";
import { version } from "../base/version.ts";
import { type Bus, BusError } from "../bus/bus.ts";
import type { AlertState, DefenceFacts, EdgeFacts, EditionFacts, Service, Status } from "../bus/facts.ts";
import type { MaintenanceFacts, OriginState } from "../bus/origin-facts.ts";
import type { ServiceFacts } from "../bus/service-facts.ts";
import { inert } from "../language/inert.ts";
import { withInstance } from "./connect.ts";
import { bytes, counted, moment } from "./format.ts";
import { describeService } from "./lite.ts";
import { type Define, invocationOf, show, withJson } from "./invocation.ts";

const patience = { timeoutMs: 2_000 };

export const define: Define = (command) => {
  withJson(command).action(async () => {
    const invocation = invocationOf(command);
    const { status, defence, serving, alerts, silent } = await withInstance(invocation, askStatus);
    show(invocation, status, () => [
      ...describe(status, defence, serving),
      ...alerts.flatMap(describeUndelivered),
    ]);
    if (silent.length > 0) throw notAnswering(silent);
  });
};

interface Asked {
  readonly status: Status;
  /** Beside what `--json` promises: why the mode is what it is. */
  readonly defence: DefenceFacts | undefined;
  /** And why less than everything is served. */
  readonly serving: ServiceFacts | undefined;
  /** Beside it as well: whom the watch could not tell. */
  readonly alerts: readonly AlertState[];
  readonly silent: readonly string[];
}

/** Asks all three at once; a role that does not answer is named, and what only it knows is left at its calmest. */
async function askStatus(bus: Bus): Promise<Asked> {
  const [maintained, origin, defence, service, edge, newsroom, watch] = await Promise.all([
    unlessSilent(bus.request("edge.maintenance", {}, patience)),
    unlessSilent(bus.request("edge.origin", {}, patience)),
    unlessSilent(bus.request("edge.defence", {}, patience)),
    unlessSilent(bus.request("edge.service", {}, patience)),
    unlessSilent(bus.request("edge.status", {}, patience)),
    unlessSilent(bus.request("newsroom.status", {}, patience)),
    unlessSilent(bus.request("watch.status", {}, patience)),
  ]);
  const status: Status = {
    version,
    mode: watch?.mode ?? defence?.defence.mode ?? "calm",
    service: serviceOf({
      maintenance: maintained?.maintenance ?? null,
      level: service?.service.level ?? "normal",
      edgeAnswers: edge !== undefined,
      newsroomAnswers: newsroom !== undefined,
      edition: edge?.edition ?? null,
      origin: origin?.origin ?? null,
    }),
    edition: edge?.edition ?? newsroom?.edition ?? null,
    edges: edge === undefined ? [] : [edge.edge],
    incidents_open: watch?.incidents_open ?? 0,
  };
  const silent = Object.entries({ edge, newsroom, watch }).filter(([, answer]) => answer === undefined);
  return {
    status,
    defence: defence?.defence,
    serving: service?.service,
    alerts: watch?.alerts ?? [],
    silent: silent.map(([role]) => role),
  };
}

async function unlessSilent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof BusError) return undefined;
    throw thrown;
  }
}

interface Serving {
  readonly maintenance: MaintenanceFacts | null;
  /** As the edge says it. */
  readonly level: ServiceFacts["level"];
  readonly edgeAnswers: boolean;
  readonly newsroomAnswers: boolean;
  readonly edition: EditionFacts | null;
  /** Null: none is protected. */
  readonly origin: OriginState | null;
}

function serviceOf({ maintenance, level, edgeAnswers, newsroomAnswers, edition, origin }: Serving): Service {
  const hasNothing = origin === null ? edition === null : origin.site === "maintenance";
  if (maintenance !== null || !edgeAnswers || hasNothing) return "maintenance";
  return newsroomAnswers ? level : "read-only";
}

function notAnswering(roles: readonly string[]): OperatorError {
  return new OperatorError(`no answer from: ${roles.join(", ")}`, {
    hint: "it is starting, or the supervisor starts it again: see the log of `kasbah up`",
  });
}

const services: Readonly<Record<Service, string>> = {
  normal: "everything works",
  lite: "text pages first, to spare the machine",
  "read-only": "pages are served, work is refused",
  maintenance: "readers get the maintenance page",
};

function describe(
  status: Status,
  defence: DefenceFacts | undefined,
  serving: ServiceFacts | undefined,
): string[] {
  const { mode, service, edition, edges, incidents_open: open } = status;
  return [
    `Kasbah ${status.version}: ${service} (${services[service]}), mode ${mode}`,
    ...(serving === undefined || serving.level === "normal" ? [] : [describeService(serving)]),
    ...(defence === undefined ? [] : describeDefence(defence)),
    describeEdition(edition),
    ...edges.map(describeEdge),
    ...edges.flatMap(describeSignIn),
    open === 0 ? "no incident is open" : `${counted(open, "incident")} open: see \`kasbah incidents list\``,
  ];
}

function describeDefence(defence: DefenceFacts): string[] {
  const { edge, mode, reason, forced, frozen, dry_run: isDry, rules, ladder, kernel } = defence;
  const active = rules.filter(({ state }) => state === "active").length;
  const refused = ladder.refuse + ladder.close;
  return [
    `${edge} is ${mode}: ${inert(reason)}`,
    ...(isDry ? ["dry run: nothing is refused, this is what would have been"] : []),
    ...(forced === null ? [] : [`forced to be ${forced.mode} until ${moment(forced.until)}`]),
    ...(frozen ? ["frozen: rules neither come nor go by themselves"] : []),
    `${counted(active, "rule")} active, ${counted(ladder.slow, "address", "addresses")} slowed, ${figure(refused)} refused, kernel bans ${kernel.state === "on" ? figure(kernel.banned) : kernel.state}`,
  ];
}

function describeUndelivered({ channel, waiting, dead, error }: AlertState): string[] {
  if (dead === 0 && (waiting === 0 || error === null)) return [];
  return [`alerts by ${channel}: ${waiting} wait, ${dead} could not be delivered (${inert(error ?? "")})`];
}

function describeEdition(edition: EditionFacts | null): string {
  if (edition === null) return "no edition yet: `kasbah publish` makes the first one";
  const stale = edition.stale ? "; STALE: the newsroom has not renewed it in time" : "";
  const size = `${counted(edition.pages, "page")}, ${bytes(edition.bytes)}`;
  return `edition ${edition.version} of ${moment(edition.published_at)}: ${size}${stale}`;
}

function describeEdge(edge: EdgeFacts): string {
  const serving = edge.edition === null ? "no edition" : `edition ${edge.edition}`;
  const load = `${counted(edge.requests, "request")}, ${figure(edge.refused)} refused since ${moment(edge.started_at)}`;
  return `${edge.id} at ${edge.addresses.join(", ")}: ${serving}, ${counted(edge.workers, "worker")}, ${load}`;
}

/** Only where it keeps somebody waiting. */
function describeSignIn({ id, sign_in: gate }: EdgeFacts): string[] {
  if (gate === undefined || gate.asking === 0) return [];
  const puzzle = gate.effort > 0 ? " or solves a puzzle" : "";
  return [
    `${id}: so many sign in at the studio that whoever has no session there waits${puzzle}; who is signed in doesn't`,
  ];
}
