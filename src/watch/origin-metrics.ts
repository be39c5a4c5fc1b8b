/** What Prometheus is told of a protected site: what was found on it, how edges treat it, what readers were shown of it. */
import { type Finding, type OriginState, originStateSchema } from "../bus/origin-facts.ts";
import type { MetricSet } from "./metric-set.ts";

const sites = originStateSchema.shape.site.options;
const healths = originStateSchema.shape.health.shape.state.options;
const provenances = ["judged", "uncertain", "copies", "cached"] as const;
/** Findings that are remembered so that what is told again isn't counted again. */
const findingsMax = 4_096;

export class OriginMetrics {
  readonly #set: MetricSet;
  readonly #findings;
  readonly #site;
  readonly #health;
  readonly #shown;
  readonly #gates;
  readonly #heldPages;
  readonly #pages;
  readonly #known = new Set<string>();

  constructor(set: MetricSet) {
    this.#set = set;
    this.#findings = set.counter(
      "origin_findings_total",
      "Answers of the protected site that its baseline does not vouch for, each counted once",
      ["edge", "verdict", "held"],
    );
    this.#site = set.gauge("origin_site", "1 for how the edge treats the protected site, 0 for the others", [
      "edge",
      "site",
    ]);
    this.#health = set.gauge(
      "origin_health",
      "1 for how the edge finds the protected site, 0 for the others",
      ["edge", "state"],
    );
    this.#shown = set.gauge(
      "origin_shown",
      "Answers of the protected site that readers got, by what they were, since the edge started",
      ["edge", "what"],
    );
    this.#gates = set.gauge(
      "origin_gates",
      "Of the gates before the protected site: workers that ask for something now, solutions that they ask for; tickets and passes since the edge started",
      ["edge", "what"],
    );
    this.#heldPages = set.gauge(
      "origin_held_pages",
      "Addresses whose approved copy is shown although the site is live",
      ["edge"],
    );
    this.#pages = set.gauge(
      "origin_baseline_pages",
      "Addresses that the baseline knows; 0 where there is none",
      ["edge"],
    );
  }

  finding({ edge: name, id, verdict, held }: Finding): void {
    const edge = this.#set.edge(name);
    const known = `${name} ${id} ${verdict}`;
    if (edge === undefined || this.#known.has(known)) return;
    this.#known.add(known);
    const [oldest] = this.#known;
    if (this.#known.size > findingsMax && oldest !== undefined) this.#known.delete(oldest);
    this.#findings.inc({ edge, verdict, held: held ? "true" : "false" });
  }

  state({ edge: name, site, health, shown, held_pages: heldPages, baseline }: OriginState): void {
    const edge = this.#set.edge(name);
    if (edge === undefined) return;
    for (const each of sites) this.#site.set({ edge, site: each }, each === site ? 1 : 0);
    for (const each of healths) this.#health.set({ edge, state: each }, each === health.state ? 1 : 0);
    for (const what of provenances) this.#shown.set({ edge, what }, shown[what]);
    for (const [what, value] of Object.entries(health.gates ?? {})) this.#gates.set({ edge, what }, value);
    this.#heldPages.set({ edge }, heldPages);
    this.#pages.set({ edge }, baseline?.pages ?? 0);
  }
}
