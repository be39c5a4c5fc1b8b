/** What Prometheus is told of how each edge defends itself: its mode, rules and ladder, what readers it knows got. Never an address. */
import {
  type DefenceFacts,
  defenceSchema,
  type Mode,
  modeSchema,
  type RuleFacts,
  ruleSchema,
} from "../bus/facts.ts";
import { signals } from "../decision/modes/mode.ts";
import type { MetricSet } from "./metric-set.ts";
import { rise } from "./rise.ts";
import { SocketMetrics } from "./socket-metrics.ts";

const ruleStates = ["shadow", "active"] as const satisfies readonly RuleFacts["state"][];
const kernelStates = defenceSchema.shape.kernel.shape.state.options;

/** What was heard of an edge last. */
interface Before {
  readonly mode: Mode;
  /** By rule, for those that are still told. */
  readonly refused: ReadonlyMap<string, number>;
}

export class DefenceMetrics {
  readonly #set: MetricSet;
  readonly #before = new Map<string, Before>();
  readonly #mode;
  readonly #modeChanged;
  readonly #signs;
  readonly #orders;
  readonly #rules;
  readonly #refused;
  readonly #harm;
  readonly #ladder;
  readonly #held;
  readonly #kernel;
  readonly #banned;
  readonly #requests;
  readonly #usual;
  readonly #known;
  readonly #sockets;

  constructor(set: MetricSet) {
    this.#set = set;
    this.#mode = set.gauge("edge_mode", "1 for the mode that the edge is in, 0 for the others", [
      "edge",
      "mode",
    ]);
    this.#modeChanged = set.gauge(
      "edge_mode_changed_timestamp_seconds",
      "When the edge's mode last changed, as far as the watch has seen; else when it was first heard",
      ["edge"],
    );
    this.#signs = set.gauge("defence_sign", "1 while that sign speaks for more than calm", ["edge", "sign"]);
    this.#orders = set.gauge("defence_order", "1 while an operator's order holds, or the settings' dry run", [
      "edge",
      "order",
    ]);
    this.#rules = set.gauge("rules", "Rules of the edge that act or are being tried", ["edge", "state"]);
    this.#refused = set.counter("rule_refused_total", "Requests that rules refused, by what they do", [
      "edge",
      "action",
    ]);
    this.#harm = set.gauge(
      "rules_harm_worst",
      "Real harm of the worst rule that acts, in the group that it hits most",
      ["edge"],
    );
    this.#ladder = set.gauge("ladder_addresses", "Addresses on each step of the ladder", ["edge", "step"]);
    this.#held = set.gauge("refusals_held", "Refusals that are being held back", ["edge"]);
    this.#kernel = set.gauge("kernel_state", "1 for the state of kernel bans, 0 for the others", [
      "edge",
      "state",
    ]);
    this.#banned = set.gauge("kernel_banned", "Addresses that the kernel drops", ["edge"]);
    this.#requests = set.gauge("defence_requests_per_second", "Requests a second, as the edge counts them", [
      "edge",
    ]);
    this.#usual = set.gauge(
      "defence_usual_requests_per_second",
      "What the edge takes for usual at this hour",
      ["edge"],
    );
    this.#known = set.gauge(
      "known_readers_requests",
      "Requests of readers that the edge knows, in its last second: all, and those that were served",
      ["edge", "answer"],
    );
    this.#sockets = new SocketMetrics(set);
  }

  defence(facts: DefenceFacts): void {
    const edge = this.#set.edge(facts.edge);
    if (edge === undefined) return;
    this.#state(edge, facts);
    this.#judge(edge, facts);
    this.#count(edge, facts);
    this.#before.set(edge, {
      mode: facts.mode,
      refused: new Map(facts.rules.map(({ id, refused }) => [id, refused])),
    });
  }

  #state(edge: string, { mode, at, forced, frozen, dry_run: isDry, ...facts }: DefenceFacts): void {
    for (const each of modeSchema.options) this.#mode.set({ edge, mode: each }, each === mode ? 1 : 0);
    if (this.#before.get(edge)?.mode !== mode) this.#modeChanged.set({ edge }, Date.parse(at) / 1_000);
    for (const sign of signals) this.#signs.set({ edge, sign }, facts[sign] ? 1 : 0);
    this.#orders.set({ edge, order: "forced" }, forced === null ? 0 : 1);
    this.#orders.set({ edge, order: "frozen" }, frozen ? 1 : 0);
    this.#orders.set({ edge, order: "dry-run" }, isDry ? 1 : 0);
  }

  #judge(edge: string, { rules }: DefenceFacts): void {
    for (const state of ruleStates)
      this.#rules.set({ edge, state }, rules.filter((rule) => rule.state === state).length);
    const active = rules.filter(({ state }) => state === "active");
    this.#harm.set({ edge }, Math.max(0, ...active.map(({ seen_worst }) => seen_worst ?? 0)));
    for (const action of ruleSchema.shape.action.options)
      this.#refused.inc(
        { edge, action },
        this.#newlyRefused(
          edge,
          rules.filter((rule) => rule.action === action),
        ),
      );
  }

  /** A rule counts from its beginning, and anew when it starts anew. */
  #newlyRefused(edge: string, rules: readonly RuleFacts[]): number {
    const before = this.#before.get(edge)?.refused;
    return rules.reduce((sum, { id, refused }) => sum + rise(before?.get(id) ?? 0, refused), 0);
  }

  #count(edge: string, facts: DefenceFacts): void {
    for (const [step, addresses] of Object.entries(facts.ladder)) this.#ladder.set({ edge, step }, addresses);
    this.#held.set({ edge }, facts.held);
    for (const state of kernelStates) this.#kernel.set({ edge, state }, state === facts.kernel.state ? 1 : 0);
    this.#banned.set({ edge }, facts.kernel.banned);
    this.#requests.set({ edge }, facts.requests_per_s);
    this.#usual.set({ edge }, facts.usual_per_s);
    this.#known.set({ edge, answer: "all" }, facts.known_readers.requests);
    this.#known.set({ edge, answer: "served" }, facts.known_readers.served);
    if (facts.sockets !== undefined) this.#sockets.tell(edge, facts.sockets);
  }
}
