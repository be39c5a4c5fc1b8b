/** How readers fared: as a whole, in the flood's first seconds and after, and in the group that fared worst. */
import type { Reader } from "./plan.ts";

export interface Read {
  readonly reader: Reader;
  /** When it was asked for, from the flood's onset; below 0: in calm. */
  readonly atMs: number;
  /** Undefined where it was wrong. */
  readonly ms: number | undefined;
  /** Status, reason, or "another page". */
  readonly wrong: string | undefined;
}

export interface Fare {
  readonly reads: number;
  readonly right: number;
  /** Answered with 403 or 429. */
  readonly refused: number;
  /** Of the right ones, ms, by quantile; 0 where there are none. */
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  /** What came instead, by status, reason, or "another page". */
  readonly wrong: Readonly<Record<string, number>>;
}

export interface GroupFare {
  /** `country MA`, `network Drill network D`, `language ar`, `client phone`. */
  readonly group: string;
  readonly reads: number;
  readonly refused: number;
  /** Not right, for whatever reason. */
  readonly lost: number;
}

export interface ReadersReport {
  readonly calm: Fare;
  /** The flood's whole time. */
  readonly flood: Fare;
  /** Of it the first `onsetMs`, and the rest. */
  readonly onset: Fare;
  readonly after: Fare;
  /** Of the flood's time, those who read from its own networks. */
  readonly among_flood: Fare;
  /** Those who came only after onset. */
  readonly late: Fare;
  /** Of the flood's time, the group with the largest share of pages lost; null where everybody got everything. */
  readonly worst: GroupFare | null;
}

export const onsetMs = 3_000;

export function reportOf(reads: readonly Read[]): ReadersReport {
  const flood = reads.filter(({ atMs }) => atMs >= 0);
  return {
    calm: fareOf(reads.filter(({ atMs }) => atMs < 0)),
    flood: fareOf(flood),
    onset: fareOf(flood.filter(({ atMs }) => atMs < onsetMs)),
    after: fareOf(flood.filter(({ atMs }) => atMs >= onsetMs)),
    among_flood: fareOf(flood.filter(({ reader }) => reader.amongFlood)),
    late: fareOf(flood.filter(({ reader }) => reader.late)),
    worst: worstOf(flood),
  };
}

function fareOf(reads: readonly Read[]): Fare {
  const times = reads.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
  const at = (quantile: number): number =>
    Math.round((times[Math.ceil(times.length * quantile) - 1] ?? 0) * 100) / 100;
  const wrong: Record<string, number> = {};
  for (const { wrong: what } of reads) if (what !== undefined) wrong[what] = (wrong[what] ?? 0) + 1;
  return {
    reads: reads.length,
    right: times.length,
    refused: reads.filter(isRefused).length,
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    p99_ms: at(0.99),
    wrong,
  };
}

function worstOf(reads: readonly Read[]): GroupFare | null {
  const groups = new Map<string, Read[]>();
  for (const read of reads) {
    for (const group of groupsOf(read.reader)) {
      const known = groups.get(group);
      if (known === undefined) groups.set(group, [read]);
      else known.push(read);
    }
  }
  const fares = [...groups].map(([group, own]) => ({
    group,
    reads: own.length,
    refused: own.filter(isRefused).length,
    lost: own.filter(({ wrong }) => wrong !== undefined).length,
  }));
  const [worst] = fares.sort((a, b) => b.lost / b.reads - a.lost / a.reads);
  return worst === undefined || worst.lost === 0 ? null : worst;
}

function groupsOf({ country, network, headers, client }: Reader): string[] {
  const language = headers
    .find((line) => line.startsWith("Accept-Language: "))
    ?.slice("Accept-Language: ".length);
  const first = /^[a-z]+/.exec(language ?? "")?.[0] ?? "none";
  return [`country ${country}`, `network ${network}`, `language ${first}`, `client ${client}`];
}

function isRefused({ wrong }: Read): boolean {
  return wrong === "403" || wrong === "429";
}
