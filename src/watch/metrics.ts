/** What Prometheus is told (docs/metrics.md): sums and states, never who or what is read. */
import type { Registry } from "prom-client";
import type { Clock } from "../base/clock.ts";
import {
  type AlertState,
  type DefenceFacts,
  type EdgeFacts,
  type EditionFacts,
  type Mode,
  modeSchema,
} from "../bus/facts.ts";
import type { Observation } from "../bus/observation.ts";
import type { Census } from "../incidents/register.ts";
import { AlertMetrics } from "./alert-metrics.ts";
import { DefenceMetrics } from "./defence-metrics.ts";
import { MetricSet } from "./metric-set.ts";
import { OriginMetrics } from "./origin-metrics.ts";
import { ServiceMetrics } from "./service-metrics.ts";

export interface WatchState {
  readonly mode: Mode;
  readonly open: number;
  readonly census: readonly Census[];
  readonly usualPerS: number;
  /** Bus events. */
  readonly lost: number;
  readonly alerts: readonly AlertState[];
}

export class Metrics {
  readonly #clock: Clock;
  readonly #set = new MetricSet();
  /** When each was last heard of, ms. */
  readonly #heardMs = new Map<string, number>();

  readonly #requests = this.#set.counter("requests_total", "Requests that edges answered", ["edge"]);
  readonly #responses = this.#set.counter("responses_total", "Answers by class of status", [
    "edge",
    "status",
  ]);
  readonly #provenance = this.#set.counter(
    "responses_by_provenance_total",
    "Answers by where they came from",
    ["edge", "provenance"],
  );
  readonly #refused = this.#set.counter("refused_total", "Requests that admission refused", ["edge"]);
  readonly #challenged = this.#set.counter("challenged_total", "Requests that were challenged", ["edge"]);
  readonly #bytes = this.#set.counter("response_bytes_total", "Bytes of answers' bodies", ["edge"]);
  readonly #latency = this.#set.gauge(
    "latency_seconds",
    "Time in the edge, of the last second, by quantile",
    ["edge", "quantile"],
  );
  readonly #sources = this.#set.gauge("sources", "Distinct sources in the last second, estimated", ["edge"]);
  readonly #lag = this.#set.gauge(
    "worker_lag_seconds",
    "Longest time for which a worker did not look up, in the last second",
    ["edge"],
  );
  readonly #lost = this.#set.gauge("bus_events_lost", "Bus events lost since the role started", ["role"]);
  readonly #age = this.#set.gauge("observation_age_seconds", "Time since the edge last said what it saw", [
    "edge",
  ]);
  readonly #version = this.#set.gauge("edition_version", "Version of the edition that is served", ["edge"]);
  readonly #stale = this.#set.gauge("edition_stale", "1 while the edition is served beyond its expiry", [
    "edge",
  ]);
  readonly #signIn = this.#set.gauge(
    "sign_in_gate",
    "Of the gate before the studio: workers that ask for something now, solutions that they ask for, requests that wait; tickets and passes since the edge started",
    ["edge", "what"],
  );
  readonly #mode = this.#set.gauge("mode", "1 for the mode that holds, 0 for the others", ["mode"]);
  readonly #usual = this.#set.gauge("usual_requests_per_second", "What the baseline takes for usual");
  readonly #open = this.#set.gauge("incidents_open", "Open incidents, without drills");
  readonly #incidents = this.#set.gauge("incidents", "Incidents in the register", [
    "kind",
    "outcome",
    "drill",
  ]);
  readonly #defence = new DefenceMetrics(this.#set);
  readonly service = new ServiceMetrics(this.#set);
  readonly #alerts = new AlertMetrics(this.#set);
  readonly origin = new OriginMetrics(this.#set);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get registry(): Registry {
    return this.#set.registry;
  }

  defence(facts: DefenceFacts): void {
    this.#defence.defence(facts);
  }

  observe(observation: Observation): void {
    const edge = this.#set.edge(observation.edge);
    if (edge === undefined) return;
    this.#heardMs.set(edge, this.#clock.nowMs());
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
    for (const [what, value] of Object.entries(observation.sign_in ?? {}))
      this.#signIn.set({ edge, what }, value);
  }

  edition(name: string, version: number, stale: boolean): void {
    const edge = this.#set.edge(name);
    if (edge === undefined) return;
    this.#version.set({ edge }, version);
    this.#stale.set({ edge }, stale ? 1 : 0);
  }

  edgeStatus({ edge, edition }: { edge: EdgeFacts; edition: EditionFacts | null }): void {
    if (edition !== null) this.edition(edge.id, edition.version, edition.stale);
  }

  state({ mode, open, census, usualPerS, lost, alerts }: WatchState): void {
    for (const each of modeSchema.options) this.#mode.set({ mode: each }, each === mode ? 1 : 0);
    for (const [edge, heardMs] of this.#heardMs) {
      this.#age.set({ edge }, (this.#clock.nowMs() - heardMs) / 1_000);
    }
    this.#open.set(open);
    this.#incidents.reset();
    for (const { kind, outcome, drill, incidents } of census) {
      this.#incidents.set({ kind, outcome, drill: drill === 1 ? "true" : "false" }, incidents);
    }
    this.#usual.set(usualPerS);
    this.#lost.set({ role: "watch" }, lost);
    this.#alerts.state(alerts);
  }
}
