/** What Prometheus is told of how much each edge serves. */
import type { ServiceFacts } from "../bus/service-facts.ts";
import { serviceLevels } from "../decision/modes/service.ts";
import type { MetricSet } from "./metric-set.ts";

export class ServiceMetrics {
  readonly #set: MetricSet;
  readonly #level;
  readonly #texts;
  readonly #work;

  constructor(set: MetricSet) {
    this.#set = set;
    this.#level = set.gauge(
      "edge_service",
      "1 for how much the edge serves (normal, lite, read-only), 0 for the others",
      ["edge", "service"],
    );
    this.#texts = set.gauge(
      "edge_text_pages",
      "Text pages that were sent in place of whole ones, since the edge started",
      ["edge"],
    );
    this.#work = set.gauge(
      "edge_work_refused",
      "Requests that were refused because only reading goes on, since the edge started",
      ["edge"],
    );
  }

  service({ edge: name, level, texts, work_refused: work }: ServiceFacts): void {
    const edge = this.#set.edge(name);
    if (edge === undefined) return;
    for (const service of serviceLevels) this.#level.set({ edge, service }, service === level ? 1 : 0);
    this.#texts.set({ edge }, texts);
    this.#work.set({ edge }, work);
  }
}
