/** What Prometheus is told (docs/metrics.md): sums and states, never who or what is read. */
import { Counter, Gauge, type Metric, Registry } from "prom-client";
import type { Clock } from "../base/clock.ts";
import { type EdgeFacts, type EditionFacts, type Mode, modeSchema } from "../bus/facts.ts";
import type { Observation } from "../bus/observation.ts";
import type { Census } from "../incidents/register.ts";

/** Edges that get lines of their own. */
const edgesMax = 64;

export interface WatchState {
  readonly mode: Mode;
  readonly open: number;
  readonly census: readonly Census[];
  readonly usualPerS: number;
  /** Bus events. */
  readonly lost: number;
}

export class Metrics {
  readonly registry = new Registry();
  readonly #clock: Clock;
  /** When each was last heard of, ms; 0: not yet. */
  readonly #edges = new Map<string, number>();

  readonly #requests = this.#counter("requests_total", "Requests that edges answered", ["edge"]);
  readonly #responses = this.#counter("responses_total", "Answers by class of status", ["edge", "status"]);
  readonly #provenance = this.#counter("responses_by_provenance_total", "Answers by where they came from", [
    "edge",
    "provenance",
  ]);
  readonly #refused = this.#counter("refused_total", "Requests that admission refused", ["edge"]);
  readonly #challenged = this.#counter("challenged_total", "Requests that were challenged", ["edge"]);
  readonly #bytes = this.#counter("response_bytes_total", "Bytes of answers' bodies", ["edge"]);
  readonly #latency = this.#gauge("latency_seconds", "Time in the edge, of the last second, by quantile", [
    "edge",
    "quantile",
  ]);
  readonly #sources = this.#gauge("sources", "Distinct sources in the last second, estimated", ["edge"]);
  readonly #lag = this.#gauge(
    "worker_lag_seconds",
    "Longest time for which a worker did not look up, in the last second",
    ["edge"],
  );
  readonly #lost = this.#gauge("bus_events_lost", "Bus events lost since the role started", ["role"]);
  readonly #age = this.#gauge("observation_age_seconds", "Time since the edge last said what it saw", [
    "edge",
  ]);
  readonly #version = this.#gauge("edition_version", "Version of the edition that is served", ["edge"]);
  readonly #stale = this.#gauge("edition_stale", "1 while the edition is served beyond its expiry", ["edge"]);
  readonly #mode = this.#gauge("mode", "1 for the mode that holds, 0 for the others", ["mode"]);
  readonly #usual = this.#gauge("usual_requests_per_second", "What the baseline takes for usual");
  readonly #open = this.#gauge("incidents_open", "Open incidents, without drills");
  readonly #incidents = this.#gauge("incidents", "Incidents in the register", ["kind", "outcome", "drill"]);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  observe(observation: Observation): void {
    const edge = this.#known(observation.edge);
    if (edge === undefined) return;
    this.#edges.set(edge, this.#clock.nowMs());
    this.#requests.inc({ edge }, observation.requests);
    for (const [digit, count] of Object.entries(observation.statuses))
      this.#responses.inc({ edge, status: `${digit}xx` }, count);
    for (const [provenance, count] of Object.entries(observation.responses))
      this.#provenance.inc({ edge, provenance }, count);
    this.#refused.inc({ edge }, observation.refused);
    this.#challenged.inc({ edge }, observation.challenged);
    this.#bytes.inc({ edge }, observation.bytes);
    this.#latency.set({ edge, quantile: "0.5" }, observation.latency_ms.p50 / 1_000);
    this.#latency.set({ edge, quantile: "0.99" }, observation.latency_ms.p99 / 1_000);
    this.#sources.set({ edge }, observation.sources);
    this.#lag.set({ edge }, observation.lag_ms / 1_000);
    this.#lost.set({ role: edge }, observation.events_lost);
  }

  edition(name: string, version: number, stale: boolean): void {
    const edge = this.#known(name);
    if (edge === undefined) return;
    this.#version.set({ edge }, version);
    this.#stale.set({ edge }, stale ? 1 : 0);
  }

  edgeStatus({ edge, edition }: { edge: EdgeFacts; edition: EditionFacts | null }): void {
    if (edition !== null) this.edition(edge.id, edition.version, edition.stale);
  }

  state({ mode, open, census, usualPerS, lost }: WatchState): void {
    for (const each of modeSchema.options) this.#mode.set({ mode: each }, each === mode ? 1 : 0);
    for (const [edge, heardMs] of this.#edges) {
      if (heardMs > 0) this.#age.set({ edge }, (this.#clock.nowMs() - heardMs) / 1_000);
    }
    this.#open.set(open);
    this.#incidents.reset();
    for (const { kind, outcome, drill, incidents } of census) {
      this.#incidents.set({ kind, outcome, drill: drill === 1 ? "true" : "false" }, incidents);
    }
    this.#usual.set(usualPerS);
    this.#lost.set({ role: "watch" }, lost);
  }

  /** Undefined for an edge beyond the limit. */
  #known(edge: string): string | undefined {
    if (!this.#edges.has(edge) && this.#edges.size >= edgesMax) return undefined;
    if (!this.#edges.has(edge)) this.#edges.set(edge, 0);
    return edge;
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.#registered(
      new Counter<L>({ name: `kasbah_${name}`, help, labelNames: [...labelNames], registers: [] }),
    );
  }

  #gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return this.#registered(
      new Gauge<L>({ name: `kasbah_${name}`, help, labelNames: [...labelNames], registers: [] }),
    );
  }

  #registered<M extends Metric>(metric: M): M {
    this.registry.registerMetric(metric);
    return metric;
  }
}
