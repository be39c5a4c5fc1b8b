/** A request's traits (src/decision/requests/) from what Bun and the phases know of it, read only as far as somebody asks. */
import { cut } from "../base/cut.ts";
import { type RequestFacts, RequestView } from "../decision/requests/request-traits.ts";
import { isBareAddress } from "../decision/requests/shapes.ts";
import type { Source } from "../decision/source.ts";
import type { Exchange } from "./exchange.ts";
import { foresee, type Foreseen } from "./foreseen.ts";
import type { EdgeState } from "./state.ts";

/** Search engines' crawlers name themselves within it. */
const agentCharactersMax = 200;

/** Those of one request; made once, for whoever asks first. */
export function traitsOf(exchange: Exchange, state: EdgeState): RequestView {
  exchange.traits ??= new RequestView(new ExchangeFacts(exchange, state), state.known);
  return exchange.traits;
}

class ExchangeFacts implements RequestFacts {
  readonly #exchange: Exchange;
  readonly #state: EdgeState;
  #foreseen: Foreseen | undefined;
  /** In the table of sources. */
  #place: number | undefined;
  #placedMs = 0;
  /** No tickets or passes are given out yet. */
  readonly pass = "none";

  constructor(exchange: Exchange, state: EdgeState) {
    this.#exchange = exchange;
    this.#state = state;
  }

  get method(): string {
    return this.#exchange.method;
  }

  get host(): RequestFacts["host"] {
    if (isBareAddress(this.header("host"))) return "address";
    const { site } = this.#exchange;
    return site === "portal" || site === "blog" || site === "studio" ? site : "unknown";
  }

  get path(): string {
    return this.#exchange.path;
  }

  get query(): string | undefined {
    return this.#exchange.query;
  }

  get source(): Source {
    return this.#exchange.source;
  }

  get place(): Foreseen["place"] {
    return this.#outlook.place;
  }

  get cost(): Foreseen["cost"] {
    return this.#outlook.cost;
  }

  get claim(): RequestFacts["claim"] {
    return this.#state.crawlers.claimOf(
      this.#exchange.address,
      cut(this.header("user-agent"), agentCharactersMax),
    );
  }

  get pace(): number {
    return this.#state.sources.paceOf(this.#sourcePlace, this.#placedMs);
  }

  get queries(): number {
    return this.#state.sources.queriesOf(this.#sourcePlace);
  }

  get misses(): number {
    return this.#state.sources.missesOf(this.#sourcePlace);
  }

  get shared(): RequestFacts["shared"] {
    return this.#state.sources.sharedOf(this.#sourcePlace);
  }

  get parts(): boolean {
    return this.#state.sources.hasParts(this.#sourcePlace);
  }

  header(name: string): string {
    return this.#exchange.request.headers.get(name) ?? "";
  }

  headerNames(): Iterable<string> {
    return this.#exchange.request.headers.keys();
  }

  /** Good for the moment: while an answer is waited for, another source may take it. */
  get #sourcePlace(): number {
    const { sources, clock } = this.#state;
    const nowMs = clock.nowMs();
    if (this.#place === undefined || this.#placedMs !== nowMs) {
      this.#place = sources.place(this.#exchange.source, nowMs);
      this.#placedMs = nowMs;
    }
    return this.#place;
  }

  get #outlook(): Foreseen {
    this.#foreseen ??= foresee(this.#exchange, this.#state);
    return this.#foreseen;
  }
}
