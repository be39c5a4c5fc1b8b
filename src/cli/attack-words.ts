/** What a drill says to whoever runs it: what was drawn, what readers saw, what was recorded. */
import { figure, percent } from "../base/figures.ts";
import type { DrillNetwork } from "../../attacks/addresses.ts";
import type { DrillReport } from "../../attacks/drill.ts";
import type { Fare, GroupFare } from "../../attacks/fare.ts";
import type { FloodReport } from "../../attacks/flood-counts.ts";
import type { FloodPlan, Plan } from "../../attacks/plan.ts";
import type { HeaderLines, Profile } from "../../attacks/profile.ts";
import type { Target } from "../../attacks/target.ts";
import type { VisitorsFare, VisitorsReport } from "../../attacks/visitors-fare.ts";
import type { Incident } from "../bus/facts.ts";
import type { DefenceSeen } from "./attack-defence.ts";
import { bytes, counted, table } from "./format.ts";

/** What a drill leaves behind for its caller: what was drawn, what was seen, what was recorded. */
export interface AttackRecord {
  readonly plan: {
    readonly profile: string;
    readonly seed: number;
    readonly seconds: number;
    readonly rate: number;
    readonly sources: number;
    readonly networks: readonly DrillNetwork[];
    readonly headers: readonly HeaderLines[];
    readonly addresses: Readonly<Record<"flood" | "readers" | "visitors", readonly string[]>>;
  };
  readonly target: Target;
  readonly report: DrillReport;
  /** Null where no edge said anything. */
  readonly defence: DefenceSeen | null;
  /** Null where none was recorded in time. */
  readonly incident: Incident | null;
}

export function recordOf(
  { profile, seed, networks, flood, readers, visitors }: Plan,
  seen: Omit<AttackRecord, "plan">,
): AttackRecord {
  const { seconds, rate, headers, bots } = flood;
  const addresses = {
    flood: [...new Set(bots.map(({ address }) => address))],
    readers: readers.map(({ address }) => address),
    visitors: visitors.people.map(({ address }) => address),
  };
  const drawn = { seconds, rate, sources: bots.length, networks, headers, addresses };
  return { plan: { profile, seed, ...drawn }, ...seen };
}

/** A line each. */
export function listProfiles(profiles: readonly Profile[]): string[] {
  return table(profiles.map(({ name, summary }) => [name, summary]));
}

export function describeProfiles(profiles: readonly Profile[]): string[] {
  return profiles.flatMap(({ name, story, defaults, flood }) => [
    name,
    `  ${story}`,
    `  ${counted(defaults.sources, "source")}, ${defaults.seconds} s, ${paceOf(defaults.ratePerSourceS, flood)}`,
  ]);
}

function paceOf(ratePerSourceS: number, flood: Pick<FloodPlan, "asksNothing">): string {
  return ratePerSourceS === 0 ? "as fast as it goes" : `${ratePerSourceS} ${unitOf(flood)} each`;
}

function unitOf({ asksNothing }: Pick<FloodPlan, "asksNothing">): string {
  return asksNothing === true ? "connections/s" : "requests/s";
}

export function describePlan(profile: Profile, plan: Plan, target: Target): string[] {
  const { flood, readers } = plan;
  const rate = flood.rate === 0 ? "as fast as it goes" : `${figure(flood.rate)} ${unitOf(flood)}`;
  const scheme = target.tls ? "https" : "http";
  const among = readers.filter(({ amongFlood }) => amongFlood).length;
  const late = readers.filter((reader) => reader.late).length;
  return [
    `${profile.name}, drawn with --seed ${plan.seed}: ${profile.story}`,
    `target: ${scheme}://${target.address}:${target.port} (${target.host}), ${rate} for ${flood.seconds} s`,
    `sources: ${describeSources(plan)}`,
    ...flood.headers.map(
      (lines, index) => `headers${headersShare(plan, index)}: ${lines.join(" | ") || "only Host"}`,
    ),
    `readers: ${figure(readers.length)}, of them ${figure(among)} in the flood's own networks, ${figure(late)} only during the flood`,
  ];
}

function describeSources(plan: Plan): string {
  const { bots, addresses, networks, proxy } = plan.flood;
  const through = proxy === undefined ? "" : `, as the proxy ${proxy} says`;
  if (addresses === "fresh") {
    const places = networks.map(({ country, network }) => `${country} ${network}`);
    return `${figure(bots.length)} at a time, from ever new addresses in ${places.join(", ")}${through}`;
  }
  const shared = typeof addresses === "number" ? ` behind ${figure(addresses)} shared ones` : " addresses";
  return `${figure(bots.length)}${shared}: ${sharesByCountry(plan)}${through}`;
}

function headersShare({ flood }: Plan, index: number): string {
  if (flood.headersFor === "request") return ", drawn for each request";
  const { bots } = flood;
  return ` of ${percent(bots.filter(({ headers }) => headers === index).length / bots.length)}`;
}

export function describeReport({ plan, report, defence, incident }: AttackRecord): string[] {
  const { calm, flood, onset, after, among_flood: amongFlood, late, worst } = report.readers;
  return [
    describeFlood(report.flood),
    describeQuiet(report.flood),
    ...describeSignIn(report.flood),
    `readers: ${describeFare(flood)}`,
    `  in its first 3 s: ${describeFare(onset)}`,
    `  afterwards: ${describeFare(after)}`,
    `  who came only then: ${describeFare(late)}`,
    `  in the flood's own networks: ${describeFare(amongFlood)}`,
    `  before the flood: ${describeFare(calm)}`,
    `  ${describeHarm(flood, worst)}`,
    ...describeVisitors(report.visitors),
    ...describeDefence(defence),
    ...describeIncident(incident),
    `the same drill again: kasbah attack ${plan.profile} --sources ${plan.sources} --seconds ${plan.seconds} --rate ${plan.rate} --seed ${plan.seed}`,
  ];
}

function describeFlood(report: FloodReport): string {
  const { seconds, sources, sent, answered, statuses, failed, connections, held, greeted } = report;
  const byStatus = Object.entries(statuses).map(([status, times]) => `${figure(times)} × ${status}`);
  const failures = Object.entries(failed).flatMap(([how, times]: [string, number]) =>
    times > 0 ? [`${figure(times)} ${failureWords[how] ?? how}`] : [],
  );
  const shaken = greeted > 0 ? [`${counted(greeted, "connection")} made and left without a word`] : [];
  const stillHeld = held > 0 ? [`${counted(held, "connection")} still held`] : [];
  const answers = [...byStatus, ...failures, ...shaken, ...stillHeld].join(", ") || "none";
  return (
    `flood: ${counted(sent, "request")} in ${seconds.toFixed(1)} s from ${countedAddresses(sources)} over ${counted(connections, "connection")}, ` +
    `${figure(Math.round(answered / seconds))} answers/s, ${bytes(report.bytes)}: ${answers}`
  );
}

const failureWords: Readonly<Record<string, string>> = {
  connect: "not let in",
  cut: "cut off",
  malformed: "malformed",
  timeout: "without an answer",
};

/** Down by 99 %, and so it stayed. */
function describeQuiet({ quiet_ms: quiet, peak_per_s, p99_ms }: FloodReport): string {
  const after = (ms: number | null): string => (ms === null ? "never" : `after ${(ms / 1_000).toFixed(1)} s`);
  return `  pages for it down by 99 %: ${after(quiet.served)}; answers of any kind: ${after(quiet.answered)}; at most ${figure(peak_per_s)} answers/s; pages for it p99 ${p99_ms} ms`;
}

function describeSignIn({ goals }: FloodReport): string[] {
  const tried = goals["sign-in"];
  if (tried === undefined) return [];
  return [
    `  sign-ins: ${figure(tried.sent)} tried, ${figure(tried.served)} got an answer of the site's own, ${figure(tried.refused)} refused`,
  ];
}

function describeFare({ reads, right, p50_ms, p95_ms, p99_ms, wrong }: Fare): string {
  if (reads === 0) return "no page was asked for";
  const failures = Object.entries(wrong).map(([what, times]) => `${figure(times)} × ${what}`);
  const instead = failures.length === 0 ? "" : `; instead: ${failures.join(", ")}`;
  const success = ((right / reads) * 100).toFixed(right === reads ? 0 : 2);
  return `${figure(right)} of ${counted(reads, "page")} right (${success} %), p50 ${p50_ms} ms, p95 ${p95_ms} ms, p99 ${p99_ms} ms${instead}`;
}

function describeVisitors(report: VisitorsReport | null): string[] {
  if (report === null) return [];
  return [
    `people who wanted a search: ${describeVisits(report.all)}`,
    `  without scripts: ${describeVisits(report.plain)}`,
    `  in the flood's own networks: ${describeVisits(report.among_flood)}`,
  ];
}

function describeVisits({ came, through, p50_ms, p95_ms, longest_ms, wrong }: VisitorsFare): string {
  if (came === 0) return "nobody came";
  const lost = Object.entries(wrong).map(([what, times]) => `${figure(times)} × ${what}`);
  const instead = lost.length === 0 ? "" : `; instead: ${lost.join(", ")}`;
  const seconds = [p50_ms, p95_ms, longest_ms].map((ms) => `${(ms / 1_000).toFixed(1)} s`);
  return `${figure(through)} of ${figure(came)} got it (${percent(through / came)}), half within ${seconds[0]}, 95 % within ${seconds[1]}, longest wait ${seconds[2]}${instead}`;
}

function describeHarm({ refused }: Fare, worst: GroupFare | null): string {
  if (worst === null) return "nobody was refused, nobody lost a page";
  const { group, reads, lost } = worst;
  return (
    `${refused === 0 ? "nobody was refused" : `${counted(refused, "page")} refused`}; ` +
    `worst for ${group}: ${figure(lost)} of ${counted(reads, "page")} lost (${percent(lost / reads)}), ${figure(worst.refused)} of them refused`
  );
}

function countedAddresses(count: number): string {
  return `${figure(count)} ${count === 1 ? "address" : "addresses"}`;
}

function describeDefence(defence: DefenceSeen | null): string[] {
  if (defence === null) return ["defence: no edge said anything of it"];
  const { mode, strained, first_rule_ms: first, held, banned, rules } = defence;
  const soon = first === null ? "no rule acted" : `first rule after ${(first / 1_000).toFixed(2)} s`;
  return [
    `defence: ${mode}${strained ? " (the machine was under strain)" : ""}, ${soon}, at most ${figure(held)} held back, ${countedAddresses(banned)} banned in the kernel`,
    ...rules.map(({ description, state }) => `  ${state}: ${description}`),
  ];
}

function describeIncident(incident: Incident | null): string[] {
  if (incident === null)
    return ["incident: none was recorded; the volume or the composition was not a flood's for three seconds"];
  const { id, kind, outcome, requests, sources, countries, readers } = incident;
  const places = countries
    .filter(({ share }) => share >= 0.005)
    .map(({ code, share }) => `${code} ${percent(share)}`);
  return [
    `incident: ${id}, ${kind} (drill), ${outcome ?? "open"}: ${counted(requests, "request")} from about ${counted(sources, "source")}; ${places.join(", ")}`,
    `  as the watch estimates it, ${figure(readers.served)} of usual readers' ${counted(readers.requests, "request")} were served in time`,
    ...incident.evidence.map(({ what }) => `  ${what}`),
  ];
}

function sharesByCountry({ networks, flood: { bots } }: Plan): string {
  const countryOf = new Map(networks.map(({ network, country }) => [blockOf(network), country]));
  const groups = Map.groupBy(bots, ({ address }) => countryOf.get(blockOf(address)) ?? "");
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([country, members]) => {
      const own = new Set(members.map(({ address }) => blockOf(address)));
      const blocks = networks.map(({ network }) => network).filter((network) => own.has(blockOf(network)));
      return `${country} ${percent(members.length / bots.length)} (${blocks.join(", ")})`;
    })
    .join("; ");
}

/** Of loopback by its second octet; all of IPv6 is one block here. */
function blockOf(address: string): string {
  return address.includes(":") ? address.slice(0, "2001:db8".length) : (address.split(".")[1] ?? "");
}
