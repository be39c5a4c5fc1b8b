/** What all edges observed since the last look, parted into what a drill sends and what is real. */
import { sumOf } from "../base/sum.ts";
import type { NetworkOrigin } from "../bus/facts.ts";
import type { Observation } from "../bus/observation.ts";
import {
  mixOf,
  networkName,
  placesOf,
  registersOf,
  trafficOf,
  type TrafficSpan,
  type WeighedOrigin,
} from "../decision/summary-traffic.ts";
import type { Traffic } from "../decision/traffic.ts";
import { noSums, type Sums } from "../incidents/sums.ts";

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

const clockErrorMaxMs = 5_000;

/** By block; undefined for what is no drill's. */
export type DrillOrigin = (block: string) => NetworkOrigin | undefined;

/** `observations`: at least one. */
export function roundOf(
  observations: readonly Observation[],
  nowMs: number,
  drillOrigin: DrillOrigin,
): Round {
  const seconds = secondsOf(observations);
  const endMs = endOf(observations, nowMs);
  const part = (isPart: (block: string) => boolean, origin?: DrillOrigin): Part =>
    partOf(observations, { endMs, seconds, isPart }, origin);
  return {
    real: part((block) => drillOrigin(block) === undefined),
    drill: part((block) => drillOrigin(block) !== undefined, drillOrigin),
    whole: part(() => true),
    failed: sumOf(observations, ({ statuses }) => statuses["5"] ?? 0),
    sketches: observations.map((observation) => [observation.edge, registersOf(observation)] as const),
    paths: busiestPaths(observations),
    lagMs: Math.max(...observations.map(({ lag_ms }) => lag_ms)),
  };
}

function partOf(
  observations: readonly Observation[],
  span: Required<TrafficSpan>,
  drillOrigin: DrillOrigin | undefined,
): Part {
  const { isPart, seconds } = span;
  const traffic = trafficOf(observations, span);
  const cells = observations.flatMap((observation) => observation.cells).filter(({ block }) => isPart(block));
  const all = sumOf(observations, ({ requests }) => requests);
  const share = all === 0 ? 0 : traffic.requests / all;
  const origins = drillOrigin === undefined ? lookedUp(observations, isPart) : announced(cells, drillOrigin);
  return {
    share,
    traffic: { ...traffic, ...placesOf(origins) },
    sums: {
      ...noSums,
      requests: traffic.requests,
      refused: sumOf(cells, ({ refused }) => refused),
      challenged: sumOf(observations, ({ challenged }) => challenged) * share,
      responses: {
        signed: sumOf(observations, ({ responses }) => responses.signed) * share,
        judged: sumOf(observations, ({ responses }) => responses.judged) * share,
        uncertain: sumOf(observations, ({ responses }) => responses.uncertain) * share,
        dynamic: sumOf(observations, ({ responses }) => responses.dynamic) * share,
      },
      countries: Object.fromEntries(mixOf(origins, ({ country }) => country)),
      networks: Object.fromEntries(mixOf(origins, networkName)),
      peak_per_s: traffic.requests / seconds,
    },
  };
}

/** The clock of an edge on another machine is believed as far as it is about right. */
function endOf(observations: readonly Observation[], nowMs: number): number {
  const saidMs = Math.max(...observations.map(({ at }) => Date.parse(at)));
  return saidMs <= nowMs && nowMs - saidMs < clockErrorMaxMs ? saidMs : nowMs;
}

/** How much time they cover: edges observe side by side, one edge's observations follow each other. */
function secondsOf(observations: readonly Observation[]): number {
  const byEdge = new Map<string, number>();
  for (const { edge, seconds } of observations) byEdge.set(edge, (byEdge.get(edge) ?? 0) + seconds);
  return Math.max(...byEdge.values());
}

function lookedUp(observations: readonly Observation[], isPart: (block: string) => boolean): WeighedOrigin[] {
  return observations.flatMap(({ origins }) => origins).filter(({ block }) => isPart(block));
}

function announced(cells: Observation["cells"], drillOrigin: DrillOrigin): WeighedOrigin[] {
  return cells.flatMap(({ block, requests }) => {
    const origin = drillOrigin(block);
    return origin === undefined ? [] : [{ ...origin, requests }];
  });
}

function busiestPaths(observations: readonly Observation[]): Round["paths"] {
  const sums = new Map<string, number>();
  for (const { traits } of observations) {
    for (const { value, requests } of traits.path) sums.set(value, (sums.get(value) ?? 0) + requests);
  }
  return [...sums].map(([value, requests]) => ({ value, requests })).sort((a, b) => b.requests - a.requests);
}
