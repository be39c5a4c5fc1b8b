/** A registry of ours in which every metric begins with `kasbah_`, and the edges that get lines of their own in it. */
import { Counter, Gauge, type Metric, Registry } from "prom-client";

/** Edges beyond get no lines: labels are bounded, whatever calls itself an edge. */
const edgesMax = 64;

export class MetricSet {
  readonly registry = new Registry();
  readonly #edges = new Set<string>();

  /** Undefined for an edge beyond the limit. */
  edge(name: string): string | undefined {
    if (!this.#edges.has(name) && this.#edges.size >= edgesMax) return undefined;
    this.#edges.add(name);
    return name;
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.#registered(
      new Counter<L>({ name: `kasbah_${name}`, help, labelNames: [...labelNames], registers: [] }),
    );
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return this.#registered(
      new Gauge<L>({ name: `kasbah_${name}`, help, labelNames: [...labelNames], registers: [] }),
    );
  }

  #registered<M extends Metric>(metric: M): M {
    this.registry.registerMetric(metric);
    return metric;
  }
}
