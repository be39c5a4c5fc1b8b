/** What a drill says to whoever runs it: what was drawn, what readers saw, what was recorded. */
import { figure, percent } from "../base/figures.ts";
import type { DrillReport } from "../../attacks/drill.ts";
import type { FloodReport } from "../../attacks/flood.ts";
import type { Plan } from "../../attacks/plan.ts";
import type { HeaderLines, Profile } from "../../attacks/profile.ts";
import type { Fare } from "../../attacks/readers.ts";
import type { Target } from "../../attacks/target.ts";
import type { Incident } from "../bus/facts.ts";
import { bytes, counted } from "./format.ts";

/** What a drill leaves behind for its caller: what was drawn, what was seen, what was recorded. */
export interface AttackRecord {
  readonly plan: Pick<Plan, "profile" | "seed" | "seconds" | "rate" | "networks"> & {
    readonly sources: number;
    readonly headers: readonly HeaderLines[];
    readonly addresses: { readonly flood: readonly string[]; readonly readers: readonly string[] };
  };
  readonly target: Target;
  readonly report: DrillReport;
  /** Null where none was recorded in time. */
  readonly incident: Incident | null;
}

export function recordOf(
  { profile, seed, seconds, rate, networks, floodHeaders, bots, readers }: Plan,
  seen: Omit<AttackRecord, "plan">,
): AttackRecord {
  const addresses = {
    flood: bots.map(({ address }) => address),
    readers: readers.map(({ address }) => address),
  };
  const drawn = { networks, sources: bots.length, headers: floodHeaders, addresses };
  return { plan: { profile, seed, seconds, rate, ...drawn }, ...seen };
}

export function describeProfiles(profiles: readonly Profile[]): string[] {
  return profiles.flatMap(({ name, story, defaults }) => [
    name,
    `  ${story}`,
    `  ${counted(defaults.sources, "source")}, ${defaults.seconds} s, ${defaults.ratePerSourceS} requests/s each`,
  ]);
}

export function describePlan(profile: Profile, plan: Plan, target: Target): string[] {
  const rate = plan.rate === 0 ? "as fast as it goes" : `${figure(plan.rate)} requests/s`;
  const among = plan.readers.filter(({ amongFlood }) => amongFlood).length;
  return [
    `${profile.name}, drawn with --seed ${plan.seed}: ${profile.story}`,
    `target: http://${target.address}:${target.port} (${target.host}), ${rate} for ${plan.seconds} s`,
    `sources: ${figure(plan.bots.length)} addresses: ${sharesByCountry(plan)}`,
    ...plan.floodHeaders.map(
      (lines, index) => `headers of ${percent(shareWith(plan, index))}: ${lines.join(" | ")}`,
    ),
    `readers: ${figure(plan.readers.length)}, of them ${figure(among)} in the flood's own networks`,
  ];
}

export function describeReport({ plan, report, incident }: AttackRecord): string[] {
  const { calm, flood, among_flood: amongFlood } = report.readers;
  return [
    describeFlood(report.flood),
    `readers: ${describeFare(flood)}`,
    `  in the flood's own networks: ${describeFare(amongFlood)}`,
    `  before the flood: ${describeFare(calm)}`,
    ...describeIncident(incident),
    `the same drill again: kasbah attack ${plan.profile} --sources ${plan.sources} --seconds ${plan.seconds} --rate ${plan.rate} --seed ${plan.seed}`,
  ];
}

function describeFlood({
  seconds,
  sent,
  answered,
  statuses,
  bytes: received,
  failed,
  connections,
}: FloodReport): string {
  const byStatus = Object.entries(statuses).map(([status, times]) => `${figure(times)} × ${status}`);
  const failures = Object.entries(failed).flatMap(([how, times]) =>
    times > 0 ? [`${figure(times)} ${failureWords[how] ?? how}`] : [],
  );
  const answers = [...byStatus, ...failures].join(", ") || "none";
  return (
    `flood: ${counted(sent, "request")} in ${seconds.toFixed(1)} s over ${counted(connections, "connection")}, ` +
    `${figure(Math.round(answered / seconds))} answers/s, ${bytes(received)}: ${answers}`
  );
}

const failureWords: Readonly<Record<string, string>> = {
  connect: "not let in",
  cut: "cut off",
  malformed: "malformed",
  timeout: "without an answer",
};

function describeFare({ reads, right, p50_ms, p95_ms, p99_ms, wrong }: Fare): string {
  if (reads === 0) return "no page was asked for";
  const failures = Object.entries(wrong).map(([what, times]) => `${figure(times)} × ${what}`);
  const instead = failures.length === 0 ? "" : `; instead: ${failures.join(", ")}`;
  const success = ((right / reads) * 100).toFixed(right === reads ? 0 : 2);
  return `${figure(right)} of ${counted(reads, "page")} right (${success} %), p50 ${p50_ms} ms, p95 ${p95_ms} ms, p99 ${p99_ms} ms${instead}`;
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

function sharesByCountry({ bots, networks }: Plan): string {
  const countryOf = new Map(networks.map(({ network, country }) => [network.split(".")[1], country]));
  const groups = Map.groupBy(bots, ({ address }) => countryOf.get(address.split(".")[1]) ?? "");
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([country, members]) => {
      const blocks = networks.filter((network) => network.country === country).map(({ network }) => network);
      return `${country} ${percent(members.length / bots.length)} (${blocks.join(", ")})`;
    })
    .join("; ");
}

function shareWith({ bots }: Plan, headers: number): number {
  return bots.filter((bot) => bot.headers === headers).length / bots.length;
}
