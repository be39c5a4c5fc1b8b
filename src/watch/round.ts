/** What all edges observed since the last look, parted into what a drill sends and what is real. */
import type { NetworkOrigin } from "../bus/facts.ts";
import type { Observation } from "../bus/observation.ts";
import type { KindTraffic, Traffic } from "../decision/traffic.ts";
import { parseKind } from "../decision/traits.ts";
import { networkName, noSums, type Sums } from "../incidents/sums.ts";

export interface Round {
  readonly real: Part;
  readonly drill: Part;
  /** Both together: what the edges had to carry. */
  readonly whole: Part;
  /** Requests answered with 5xx, of both parts. */
  readonly failed: number;
  /** Registers by edge: each edge hashes with a key of its own. */
  readonly sketches: readonly (readonly [edge: string, registers: Uint8Array])[];
  /** Requests by path, the busiest first; of both parts. */
  readonly paths: readonly { readonly value: string; readonly requests: number }[];
  readonly lagMs: number;
}

export interface Part {
  readonly traffic: Traffic;
  /** Of all requests. What observations don't tell apart is shared out by it. */
  readonly share: number;
  /** Less the readers, which need a baseline. */
  readonly sums: Sums;
}

/** By block; undefined for what is no drill's. */
export type DrillOrigin = (block: string) => NetworkOrigin | undefined;

/** `observations`: at least one. */
export function roundOf(observations: readonly Observation[], drillOrigin: DrillOrigin): Round {
  return {
    real: partOf(observations, (block) => drillOrigin(block) === undefined, undefined),
    drill: partOf(observations, (block) => drillOrigin(block) !== undefined, drillOrigin),
    whole: partOf(observations, () => true, undefined),
    failed: sumOf(observations, ({ statuses }) => statuses["5"] ?? 0),
    sketches: observations.map(
      ({ edge, sketch }) => [edge, Uint8Array.from(Buffer.from(sketch, "base64"))] as const,
    ),
    paths: busiestPaths(observations),
    lagMs: Math.max(...observations.map(({ lag_ms }) => lag_ms)),
  };
}

function partOf(
  observations: readonly Observation[],
  isMine: (block: string) => boolean,
  drillOrigin: DrillOrigin | undefined,
): Part {
  const cells = observations.flatMap((observation) => observation.cells).filter(({ block }) => isMine(block));
  const requests = sumOf(cells, (cell) => cell.requests);
  const refused = sumOf(cells, (cell) => cell.refused);
  const all = sumOf(observations, (observation) => observation.requests);
  const share = all === 0 ? 0 : requests / all;
  const seconds = secondsOf(observations);
  const origins = drillOrigin === undefined ? lookedUp(observations, isMine) : announced(cells, drillOrigin);
  const countries = mixOf(origins, ({ country }) => country);
  const networks = mixOf(origins, networkName);
  return {
    share,
    traffic: {
      seconds,
      requests,
      sources: sumOf(observations, (observation) => observation.sources) * share,
      kinds: kindsOf(cells),
      countries: new Map(Object.entries(countries).filter(([code]) => code !== "ZZ")),
      networks: new Map(Object.entries(networks).filter(([name]) => !name.startsWith("0 "))),
    },
    sums: {
      ...noSums,
      requests,
      refused,
      challenged: sumOf(observations, ({ challenged }) => challenged) * share,
      responses: {
        signed: sumOf(observations, ({ responses }) => responses.signed) * share,
        judged: sumOf(observations, ({ responses }) => responses.judged) * share,
        uncertain: sumOf(observations, ({ responses }) => responses.uncertain) * share,
        dynamic: sumOf(observations, ({ responses }) => responses.dynamic) * share,
      },
      countries,
      networks,
      peak_per_s: requests / seconds,
    },
  };
}

/** How much time they cover: edges observe side by side, one edge's observations follow each other. */
function secondsOf(observations: readonly Observation[]): number {
  const byEdge = new Map<string, number>();
  for (const { edge, seconds } of observations) byEdge.set(edge, (byEdge.get(edge) ?? 0) + seconds);
  return Math.max(...byEdge.values());
}

type Cell = Observation["cells"][number];

function kindsOf(cells: readonly Cell[]): Map<string, KindTraffic> {
  const kinds = new Map<string, KindTraffic>();
  for (const cell of cells) {
    const kind = parseKind(cell.kind);
    if (kind === undefined) continue;
    const before = kinds.get(cell.kind);
    const latency = [...(before?.latency ?? [])];
    for (const [bucket, requests] of cell.latency) latency[bucket] = (latency[bucket] ?? 0) + requests;
    kinds.set(cell.kind, {
      kind,
      requests: (before?.requests ?? 0) + cell.requests,
      served: (before?.served ?? 0) + cell.served,
      latency: Array.from(latency, (requests) => requests ?? 0),
    });
  }
  return kinds;
}

interface Weighed {
  readonly country: string;
  readonly asn: number;
  readonly name: string;
  readonly requests: number;
}

function lookedUp(observations: readonly Observation[], isMine: (block: string) => boolean): Weighed[] {
  return observations.flatMap((observation) => observation.origins).filter(({ block }) => isMine(block));
}

function announced(cells: readonly Cell[], drillOrigin: DrillOrigin): Weighed[] {
  return cells.flatMap(({ block, requests }) => {
    const origin = drillOrigin(block);
    return origin === undefined ? [] : [{ ...origin, requests }];
  });
}

function mixOf(origins: readonly Weighed[], name: (origin: Weighed) => string): Record<string, number> {
  const sums = new Map<string, number>();
  for (const origin of origins) sums.set(name(origin), (sums.get(name(origin)) ?? 0) + origin.requests);
  return Object.fromEntries(sums);
}

function busiestPaths(observations: readonly Observation[]): Round["paths"] {
  const sums = new Map<string, number>();
  for (const { traits } of observations) {
    for (const { value, requests } of traits.path) sums.set(value, (sums.get(value) ?? 0) + requests);
  }
  return [...sums].map(([value, requests]) => ({ value, requests })).sort((a, b) => b.requests - a.requests);
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
