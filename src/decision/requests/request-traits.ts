/**
 * A request as its traits: made on demand from what the edge knows of it, each at most once, nothing of the request kept beyond it. What
 * was made of texts that come again is remembered for all requests of a worker.
 */
import { cut } from "../../base/cut.ts";
import { Remembered } from "../../base/remembered.ts";
import { type HashKey, keyedHash, type Source } from "../source.ts";
import type { LookUpOrigin } from "../tally-summary.ts";
import { agentFamily, firstTag } from "../traits.ts";
import { clientGroup } from "./client-group.ts";
import { HeaderSets } from "./header-set.ts";
import { acceptClass, encodingClass } from "./negotiation.ts";
import {
  methodShape,
  pathCharactersMax,
  pickingPart,
  type Place,
  queryShape,
  referrerHost,
} from "./shapes.ts";
import { type ordinalTraits, type Trait, traits } from "./trait.ts";
import type { ValueOf } from "./trait-values.ts";
import { ordinalValue, type Value, Values } from "./values.ts";
import { valueHash } from "./value-hash.ts";
import { Whereabouts } from "./whereabouts.ts";

export type OrdinalTrait = (typeof ordinalTraits)[number];

export interface RequestTraits {
  /** Keyed hash of its text; of an ordinal trait, its number. */
  hash(trait: Trait): number;
  number(trait: OrdinalTrait): number;
  text(trait: Trait): string;
}

/** What the edge knows of a request. Read once a trait, and only for traits that somebody asks for. */
export interface RequestFacts {
  readonly method: string;
  readonly host: ValueOf<"host">;
  readonly path: string;
  readonly query: string | undefined;
  readonly source: Source;
  readonly place: Place;
  readonly cost: ValueOf<"cost">;
  readonly claim: ValueOf<"claim">;
  readonly pass: string;
  /** What its source did lately (sources/), this request included. */
  readonly pace: number;
  readonly queries: number;
  readonly misses: number;
  readonly shared: ValueOf<"shared">;
  readonly parts: boolean;
  /** By its name in lower case; empty where there is none. */
  header(name: string): string;
  headerNames(): Iterable<string>;
}

/** Header lines that are remembered, and how much of one is looked at. */
const rememberedMax = 4_096;
const lineCharactersMax = 200;

interface AgentValues {
  readonly agent: Value;
  readonly program: Value;
  readonly client: Value;
}

/** What the requests of one worker share. */
export class KnownValues {
  readonly key: HashKey;
  readonly values: Values;
  readonly headerSets: HeaderSets;
  readonly whereabouts: Whereabouts;
  readonly #agents: Remembered<AgentValues>;
  readonly #languages: Remembered<Value>;
  readonly #accepts: Remembered<Value>;
  readonly #encodings: Remembered<Value>;

  constructor(key: HashKey, lookUp: LookUpOrigin) {
    const values = new Values(key);
    this.key = key;
    this.values = values;
    this.headerSets = new HeaderSets(values);
    this.whereabouts = new Whereabouts(values, lookUp);
    this.#agents = new Remembered((line) => agentValues(line, values), rememberedMax);
    this.#languages = new Remembered((line) => values.of(firstTag(line) || "none"), rememberedMax);
    this.#accepts = new Remembered((line) => values.of(acceptClass(line)), rememberedMax);
    this.#encodings = new Remembered((line) => values.of(encodingClass(line)), rememberedMax);
  }

  agent(line: string): AgentValues {
    return this.#agents.of(cut(line, lineCharactersMax));
  }

  language(line: string): Value {
    return this.#languages.of(cut(line, lineCharactersMax));
  }

  accept(line: string): Value {
    return this.#accepts.of(cut(line, lineCharactersMax));
  }

  encoding(line: string): Value {
    return this.#encodings.of(cut(line, lineCharactersMax));
  }
}

function agentValues(agent: string, values: Values): AgentValues {
  const family = agentFamily(agent);
  return {
    agent: values.once(agent === "" ? "none" : agent),
    program: values.of(family),
    client: values.of(clientGroup(agent, family)),
  };
}

const readings: Readonly<Record<Trait, (facts: RequestFacts, known: KnownValues) => Value>> = {
  method: ({ method }, { values }) => values.of(methodShape(method)),
  host: ({ host }, { values }) => values.of(host),
  place: ({ place }, { values }) => values.of(place),
  path: ({ path }, { values }) => values.once(cut(path, pathCharactersMax)),
  query: ({ query }, { values }) => values.of(queryShape(query)),
  agent: (facts, known) => known.agent(facts.header("user-agent")).agent,
  program: (facts, known) => known.agent(facts.header("user-agent")).program,
  client: (facts, known) => known.agent(facts.header("user-agent")).client,
  language: (facts, known) => known.language(facts.header("accept-language")),
  headers: (facts, { headerSets }) => headerSets.of(facts.headerNames()),
  accept: (facts, known) => known.accept(facts.header("accept")),
  encoding: (facts, known) => known.encoding(facts.header("accept-encoding")),
  referrer: (facts, { values }) => values.of(referrerHost(facts.header("referer"), facts.header("host"))),
  cookies: (facts, { values }) => values.of(facts.header("cookie") === "" ? "no" : "yes"),
  conditional: (facts, { values }) => values.of(isConditional(facts) ? "yes" : "no"),
  parts: ({ parts }, { values }) => values.of(parts ? "yes" : "no"),
  pace: ({ pace }) => ordinalValue(pace),
  queries: ({ queries }) => ordinalValue(queries),
  shared: ({ shared }, { values }) => values.of(shared),
  misses: ({ misses }) => ordinalValue(misses),
  claim: ({ claim }, { values }) => values.of(claim),
  cost: ({ cost }, { values }) => values.of(cost),
  pass: ({ pass }, { values }) => values.of(pass),
  country: ({ source }, { whereabouts }) => whereabouts.origin(source).country,
  network: ({ source }, { whereabouts }) => whereabouts.origin(source).network,
  block: ({ source }, { whereabouts }) => whereabouts.block(source),
  prefix: ({ source }, { whereabouts }) => whereabouts.prefix(source),
};

/** Those that its source's other requests make. */
const sourceTraits = ["parts", "pace", "queries", "shared", "misses"] as const satisfies readonly Trait[];

function isConditional(facts: RequestFacts): boolean {
  return facts.header("if-none-match") !== "" || facts.header("if-modified-since") !== "";
}

export class RequestView implements RequestTraits {
  readonly #facts: RequestFacts;
  readonly #known: KnownValues;
  readonly #values: Partial<Record<Trait, Value>> = {};

  constructor(facts: RequestFacts, known: KnownValues) {
    this.#facts = facts;
    this.#known = known;
  }

  hash(trait: Trait): number {
    return this.#value(trait).hash;
  }

  number(trait: OrdinalTrait): number {
    return this.#value(trait).hash;
  }

  text(trait: Trait): string {
    return this.#value(trait).text;
  }

  /** Tells sources apart, never who they are. */
  get source(): number {
    return keyedHash(this.#facts.source, this.#known.key);
  }

  /** Tells queries apart, but for what was added to an address that was shared; 0 where there is nothing else. */
  get query(): number {
    const picking = pickingPart(this.#facts.query ?? "");
    return picking === "" ? 0 : valueHash(picking, this.#known.key);
  }

  /** Tells programs behind one address apart: what calls itself differently, reads another language, or has other headers. */
  get fingerprint(): number {
    const headers = this.#known.headerSets.lasting(this.#value("headers"));
    const one = Math.imul(this.hash("agent"), 31) + this.hash("language");
    return (Math.imul(one, 31) + headers.hash) >>> 0;
  }

  /** What its source does changes while an answer is waited for; this keeps what it was when the request was judged. */
  keepSource(): void {
    for (const trait of sourceTraits) this.#value(trait);
  }

  /** All of them, in the order of `traits`. */
  writeTo(words: Uint32Array, at: number): void {
    traits.forEach((trait, offset) => {
      words[at + offset] = this.hash(trait);
    });
  }

  #value(trait: Trait): Value {
    return (this.#values[trait] ??= readings[trait](this.#facts, this.#known));
  }
}
