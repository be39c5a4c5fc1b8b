/** A request's traits (src/decision/requests/) from what Bun and the phases know of it, read only as far as somebody asks. */
import { cut } from "../base/cut.ts";
import type { Client } from "../decision/admission.ts";
import { type RequestFacts, RequestView } from "../decision/requests/request-traits.ts";
import { isBareAddress } from "../decision/requests/shapes.ts";
import type { Source } from "../decision/source.ts";
import type { Exchange, Foreseen } from "./exchange.ts";
import { foreseenOf } from "./foreseen.ts";
import type { EdgeState } from "./state.ts";

/** Search engines' crawlers name themselves within it. */
const agentCharactersMax = 200;

/** Those of one request; made once, for whoever asks first. */
export function traitsOf(exchange: Exchange, state: EdgeState): RequestView {
  exchange.traits ??= new RequestView(new ExchangeFacts(exchange, state), state.known);
  return exchange.traits;
}

/**
 * Tells programs behind one address apart. To read the names of all headers is dear: what calls itself the same, asks for the same language
 * and has as many headers as the client's last request is taken for the same program.
 */
export function fingerprintOf(exchange: Exchange, client: Client, state: EdgeState): number {
  const agent = state.known.agent(exchange.agent).agent.hash;
  const language = state.known.language(exchange.language).hash;
  const headers = exchange.request.headers.count;
  const { program } = client;
  if (program?.agent === agent && program.language === language && program.headers === headers) {
    return program.fingerprint;
  }
  const { fingerprint } = traitsOf(exchange, state);
  client.program = { agent, language, headers, fingerprint };
  return fingerprint;
}

/** Whether it is a search engine's crawler, and where it says so, whether that is true. */
export function claimOf({ address, agent }: Exchange, { crawlers }: EdgeState): RequestFacts["claim"] {
  return crawlers.claimOf(address, cut(agent, agentCharactersMax));
}

class ExchangeFacts implements RequestFacts {
  readonly #exchange: Exchange;
  readonly #state: EdgeState;
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
    return this.#foreseen.place;
  }

  get cost(): Foreseen["cost"] {
    return this.#foreseen.cost;
  }

  get claim(): RequestFacts["claim"] {
    return claimOf(this.#exchange, this.#state);
  }

  get pace(): number {
    return this.#state.sources.paceOf(this.#sourcePlace, this.#exchange.atMs);
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
    if (name === "user-agent") return this.#exchange.agent;
    if (name === "accept-language") return this.#exchange.language;
    return this.#exchange.request.headers.get(name) ?? "";
  }

  headerNames(): Iterable<string> {
    return this.#exchange.request.headers.keys();
  }

  get #sourcePlace(): number {
    const { sources, clock } = this.#state;
    return (this.#exchange.place ??= sources.place(this.#exchange.source, clock.nowMs()));
  }

  get #foreseen(): Foreseen {
    return foreseenOf(this.#exchange, this.#state);
  }
}
