/** What an edge tells the watch of the sum of its workers' counts: the form of an observation (src/bus/observation.ts), less who and when. */
import { busiestCells } from "./cells.ts";
import { estimateDistinct } from "./distinct.ts";
import { type Hitters, top } from "./heavy-hitters.ts";
import { quantileMs } from "./latency.ts";
import { blockName, blockOfPrefix, prefixName } from "./source.ts";
import type { Counts } from "./tally.ts";
import { kindName, kindOf } from "./traits.ts";

/** Country (ISO 3166-1 alpha-2) and network of an address; `ZZ` and 0 where they are not known. */
export interface Origin {
  readonly country: string;
  readonly asn: number;
  readonly name: string;
}

export const unknownOrigin: Origin = { country: "ZZ", asn: 0, name: "" };

/** Of the first address of a prefix (`127.10.3.0/24`). Asked for at most `places.prefixes` of tally.ts for each worker. */
export type LookUpOrigin = (prefix: string) => Origin;

const limits = { top: 32, cells: 768, origins: 128, valueCharacters: 200 } as const;

/** A prefix is told only where it holds this share of at least so many requests; ordinary readers' prefixes stay here. */
const busyPrefix = { share: 0.01, requests: 50 } as const;

export function summarise(counts: Counts, lookUp: LookUpOrigin) {
  const [signed = 0, judged = 0, uncertain = 0, dynamic = 0] = counts.responses;
  return {
    requests: counts.requests,
    refused: counts.refused,
    challenged: counts.challenged,
    bytes: counts.bytes,
    statuses: statuses(counts),
    sources: estimateDistinct(counts.sources),
    sketch: btoa(String.fromCharCode(...counts.sources)),
    responses: { signed, judged, uncertain, dynamic },
    latency_ms: { p50: quantileMs(counts.latency, 0.5), p99: quantileMs(counts.latency, 0.99) },
    traits: {
      prefix: busyPrefixes(counts),
      path: named(counts.paths),
      language: named(counts.languages),
    },
    origins: origins(counts.prefixes, lookUp),
    cells: busiestCells(counts.cells, limits.cells).map(
      ({ block, kind, requests, served, refused, latency }) => ({
        block: blockName(block),
        kind: kindName(kindOf(kind)),
        requests,
        served,
        refused,
        latency: sparse(latency),
      }),
    ),
  };
}

function statuses({ statuses: counts }: Counts): Record<string, number> {
  return Object.fromEntries(
    counts
      .map((count, digit) => [String(digit), count] as const)
      .filter(([digit, count]) => count > 0 && digit !== "0"),
  );
}

function busyPrefixes({ prefixes, requests }: Counts) {
  const least = Math.max(busyPrefix.requests, requests * busyPrefix.share);
  return top(prefixes, limits.top)
    .filter(({ count, error }) => count - error >= least)
    .map(({ key, count }) => ({ value: prefixName(key), requests: count }));
}

function named(hitters: Hitters<string>) {
  return top(hitters, limits.top).map(({ key, count }) => ({
    value: key.slice(0, limits.valueCharacters),
    requests: count,
  }));
}

/** The counted prefixes' requests by block, country and network. */
function origins({ entries }: Hitters<number>, lookUp: LookUpOrigin) {
  const sums = new Map<string, { block: string; requests: number } & Origin>();
  for (const { key, count } of entries) {
    const origin = lookUp(prefixName(key));
    const block = blockName(blockOfPrefix(key));
    const name = `${block} ${origin.country} ${origin.asn}`;
    const sum = sums.get(name);
    if (sum === undefined) sums.set(name, { block, ...origin, requests: count });
    else sum.requests += count;
  }
  return [...sums.values()].sort((a, b) => b.requests - a.requests).slice(0, limits.origins);
}

/** `[bucket, requests]` for the buckets that hold something. */
function sparse(latency: readonly number[]): [number, number][] {
  return latency.map((count, bucket): [number, number] => [bucket, count]).filter(([, count]) => count > 0);
}
