/** What Prometheus is told of connections on which nothing is asked, or of which nothing is taken. Never an address. */
import type { SocketDeedsFacts } from "../bus/facts.ts";
import type { MetricSet } from "./metric-set.ts";
import { rise } from "./rise.ts";

export class SocketMetrics {
  readonly #before = new Map<string, SocketDeedsFacts>();
  readonly #open;
  readonly #opened;
  readonly #left;
  readonly #ended;
  readonly #named;

  constructor(set: MetricSet) {
    this.#open = set.gauge("connections_open", "Connections at the edge's doors", ["edge"]);
    this.#opened = set.gauge(
      "connections_opened_per_second",
      "Connections opened: to any program of the edge's machine, and by sources that asked for nothing, while that is looked at",
      ["edge", "by"],
    );
    this.#left = set.gauge(
      "connections_left",
      "Connections that take too little or are hoarded, and that there is no right to end",
      ["edge"],
    );
    this.#ended = set.counter("connections_ended_total", "Connections that the edge had ended, by why", [
      "edge",
      "why",
    ]);
    this.#named = set.counter(
      "connections_named_total",
      "Addresses named to the kernel for their connections, by why",
      ["edge", "why"],
    );
  }

  /** `edge`: one that is told of. */
  tell(edge: string, now: SocketDeedsFacts): void {
    const before = this.#before.get(edge);
    const more = (sum: keyof SocketDeedsFacts): number => rise(before?.[sum] ?? 0, now[sum]);
    this.#open.set({ edge }, now.open);
    this.#opened.set({ edge, by: "all" }, now.opened_per_s);
    this.#opened.set({ edge, by: "silent" }, now.silent_per_s);
    this.#left.set({ edge }, now.left);
    this.#ended.inc({ edge, why: "slow" }, more("slow_ended"));
    this.#ended.inc({ edge, why: "hoarded" }, more("hoarded_ended"));
    this.#named.inc({ edge, why: "slow" }, more("slow_named"));
    this.#named.inc({ edge, why: "silent" }, more("silent_named"));
    this.#before.set(edge, now);
  }
}
