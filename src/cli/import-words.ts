/** An import's report as people read it: every item first, what it comes to last, where the eye is. */
import { basename } from "node:path";
import { figure } from "../base/figures.ts";
import type { ImportReport, Publication } from "../bus/subjects.ts";
import { counted, table } from "./format.ts";
import { describePublication } from "./publish.ts";

/** The report, and the edition that came of it. */
export interface Imported extends ImportReport {
  readonly publication: Publication;
}

type Line = ImportReport["items"][number];

/** From so many on, items that are left out for one reason share a line. */
const sharedFrom = 5;
const nameLengthMax = 60;

export function describeImport(file: string, site: string, report: Imported): string[] {
  return [
    ...table(rowsOf(report.items)),
    ...(report.omitted > 0 ? [`… and ${counted(report.omitted, "item")} more`] : []),
    "",
    `${basename(file)} → ${site}: ${outcomes(report) || "it holds nothing"}`,
    ...(Object.keys(report.taken).length > 0 ? [`added: ${taken(report)}`] : []),
    describePublication(report.publication),
  ];
}

function rowsOf(lines: readonly Line[]): string[][] {
  const alike = Map.groupBy(lines, ({ what, outcome, detail }) => `${what}\n${outcome}\n${detail}`);
  const shared = new Set([...alike.values()].filter((group) => isShared(group)).map(([first]) => first));
  return lines.flatMap((line) => {
    const group = alike.get(`${line.what}\n${line.outcome}\n${line.detail}`) ?? [];
    if (!isShared(group)) return [rowOf(line, shortened(line.name))];
    return shared.has(line) ? [rowOf(line, `${figure(group.length)} of them`)] : [];
  });
}

function isShared(group: readonly Line[]): boolean {
  return group.length >= sharedFrom && group[0]?.outcome === "left out";
}

function rowOf({ outcome, what, detail }: Line, name: string): string[] {
  return [outcome, what, name, detail];
}

function shortened(name: string): string {
  return name.length <= nameLengthMax ? name : `${name.slice(0, nameLengthMax - 1)}…`;
}

/** "79 added, 107 left out". */
function outcomes({ outcomes: counts }: ImportReport): string {
  return Object.entries(counts)
    .map(([outcome, times]) => `${figure(times)} ${outcome}`)
    .join(", ");
}

/** "54 stories, 21 pages, 280 old addresses that lead on". */
function taken({ taken: counts }: ImportReport): string {
  return Object.entries(counts)
    .map(([what, times]) => `${figure(times)} ${times === 1 ? what : (plurals[what] ?? `${what}s`)}`)
    .join(", ");
}

const plurals: Readonly<Record<string, string>> = {
  story: "stories",
  redirect: "old addresses that lead on",
};
