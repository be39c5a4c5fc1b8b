/**
 * What the decision about one request costs once its headers are read: its traits, its source's memory, all rules, the ladder. And what it
 * costs to keep a request's vector. `bun bench/decision.ts`; with `--write` it goes to RESULTS.md.
 */
import { rfc3339, systemClock } from "../src/base/clock.ts";
import { seededRandom } from "../src/base/random.ts";
import { CompiledRules } from "../src/decision/requests/compiled-rules.ts";
import { KnownValues, type RequestFacts, RequestView } from "../src/decision/requests/request-traits.ts";
import { Sampler } from "../src/decision/requests/sampler.ts";
import type { Term } from "../src/decision/requests/trait.ts";
import type { Rule } from "../src/decision/signatures/rule.ts";
import { Ladder } from "../src/decision/sources/ladder.ts";
import { SourceTable } from "../src/decision/sources/source-table.ts";
import { testRule } from "../test/rule.ts";
import { machineName, median } from "./machine.ts";
import { writeSection } from "./results.ts";

const key = { first: 0x9e37_79b9, second: 0x7f4a_7c15 };
const requests = 200_000;
const flooders = 3_000;

const readerAgents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
];

/** Rules as a flood makes them: some narrow, some asked for what is dear to learn, none that the first request settles. */
const rules: readonly Rule[] = [
  rule("tools", [
    ["program", "tool"],
    ["accept", "none"],
    ["pace", "4"],
  ]),
  rule("busting", [
    ["query", "?z"],
    ["queries", "8"],
    ["encoding", "identity"],
  ]),
  rule("posts", [
    ["method", "POST"],
    ["place", "front"],
    ["country", "SA"],
  ]),
  rule("wrong", [
    ["place", "missing"],
    ["misses", "8"],
  ]),
  rule("bare", [
    ["headers", "none"],
    ["path", "/"],
    ["pace", "2"],
  ]),
  rule("narrow", [
    ["program", "outdated"],
    ["block", "127.10.0.0/16"],
    ["pace", "1"],
  ]),
  rule("crowd", [
    ["agent", readerAgents[0] ?? ""],
    ["language", "en"],
    ["pace", "16"],
  ]),
  rule("lies", [
    ["claim", "false"],
    ["program", "crawler"],
  ]),
];

function rule(id: string, terms: readonly (readonly [Term["trait"], string])[]): Rule {
  return testRule({ id, terms: terms.map(([trait, value]) => ({ trait, value })) });
}

/** Headers as strings that were read already. */
type Lines = Readonly<Record<string, string>>;

const floodLines = [
  { host: "localhost" },
  { host: "localhost", "user-agent": "curl/8.14.1", accept: "*/*" },
] as const satisfies Lines[];

function linesOf(at: number): Lines {
  if (at % 4 !== 0) return floodLines[at % 2] ?? {};
  return {
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "gzip, deflate, br",
    "accept-language": at % 8 === 0 ? "ar-MA,ar;q=0.9,fr;q=0.8" : "fr-MA,fr;q=0.9",
    host: "localhost",
    "user-agent": readerAgents[at % readerAgents.length] ?? "",
  };
}

class BenchFacts implements RequestFacts {
  readonly method = "GET";
  readonly host = "portal";
  readonly path = "/";
  readonly query: string | undefined;
  readonly source: RequestFacts["source"];
  readonly place = "front";
  readonly cost = "memory";
  readonly claim = "none";
  readonly pass = "none";
  readonly #lines: Lines;
  readonly #names: readonly string[];

  constructor(at: number) {
    this.#lines = linesOf(at);
    this.#names = Object.keys(this.#lines);
    this.query = at % 3 === 0 ? `z=${at}` : undefined;
    this.source = { v6: false, high: 0, low: 0x7f0a_0000 + (at % flooders) };
  }

  get #place(): number {
    return sources.place(this.source, nowMs);
  }

  get pace(): number {
    return sources.paceOf(this.#place, nowMs);
  }

  get queries(): number {
    return sources.queriesOf(this.#place);
  }

  get misses(): number {
    return sources.missesOf(this.#place);
  }

  get shared(): RequestFacts["shared"] {
    return sources.sharedOf(this.#place);
  }

  get parts(): boolean {
    return sources.hasParts(this.#place);
  }

  header(name: string): string {
    return this.#lines[name] ?? "";
  }

  headerNames(): Iterable<string> {
    return this.#names;
  }
}

const sources = new SourceTable(key, new SharedArrayBuffer(SourceTable.bytes(2 ** 20)));
const known = new KnownValues(key, () => ({ country: "SA", asn: 64_500, name: "" }));
const compiled = new CompiledRules(rules, key);
const ladder = new Ladder(sources);
const sampler = new Sampler(seededRandom(1));
let nowMs = systemClock.nowMs();

/** As src/edge/admit.ts goes about it. */
function decide(facts: RequestFacts): RequestView {
  const view = new RequestView(facts, known);
  const place = sources.place(facts.source, nowMs);
  const look = view.hash("agent");
  const standsFor = ladder.standsFor(place, look, nowMs);
  const { fingerprint, query } = view;
  const part = view.text("place") === "part" ? view.hash("path") : 0;
  sources.noteRequest(place, { fingerprint, query, part }, nowMs);
  const isKnown = sources.isKnown(place, nowMs) && sources.isAtReadersPace(place, nowMs);
  const matched = compiled.match(view);
  ladder.step(place, isKnown ? undefined : matched, { look, standsFor }, nowMs);
  return view;
}

/** Nanoseconds of each, the timer's own included. */
function timesOf<T>(things: readonly T[], work: (thing: T) => void): number[] {
  return things.map((thing, at) => {
    if (at % 1_000 === 0) nowMs += 100;
    const start = Bun.nanoseconds();
    work(thing);
    return Bun.nanoseconds() - start;
  });
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN;
}

const facts = Array.from({ length: requests }, (_, at) => new BenchFacts(at));
timesOf(facts, decide);
const deciding = timesOf(facts, decide);
const views = facts.map(decide);
const keeping = timesOf(views, (view) => {
  sampler.keep(view, "served");
});
const micros = (ns: number): string => (ns / 1_000).toFixed(2);
const lines = [
  "| | median, µs | p99, µs |",
  "|---|---|---|",
  `| one whole decision, ${rules.length} rules, ${flooders} sources | ${micros(median(deciding))} | ${micros(quantile(deciding, 0.99))} |`,
  `| keeping a vector (at most some 2,000 a second and worker) | ${micros(median(keeping))} | ${micros(quantile(keeping, 0.99))} |`,
];
console.log([machineName(), ...lines].join("\n"));
if (process.argv.includes("--write")) {
  writeSection("One decision", "bun bench/decision.ts --write", rfc3339(systemClock.nowMs()), lines);
}
