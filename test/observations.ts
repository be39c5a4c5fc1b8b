/** Observations for tests, made as an edge makes them: requests counted by a tally, summarised once a second. */
import type { Event } from "../src/bus/bus.ts";
import type { DefenceFacts, RuleFacts } from "../src/bus/facts.ts";
import { WorkerTally } from "../src/decision/tally.ts";
import { type LookUpOrigin, summarise, unknownOrigin } from "../src/decision/tally-summary.ts";

/** So many requests of one sort, from so many addresses of one block. */
export interface Stream {
  readonly requests: number;
  readonly sources: number;
  /** First address: `127.64.0.0`. */
  readonly from: string;
  readonly agent: string;
  readonly language: string;
  /** They also fetch a style sheet. */
  readonly parts: boolean;
  readonly status?: number;
  readonly refused?: boolean;
  readonly latencyMs?: number;
}

const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/** People reading, from one block; they look like the prior's readers. */
export function readers(requests: number, fields: Partial<Stream> = {}): Stream[] {
  const person = {
    sources: requests / 2,
    from: "127.20.0.0",
    agent: chrome,
    language: "ar-MA",
    parts: true,
    ...fields,
  };
  return [
    { ...person, requests: Math.round(requests * 0.6) },
    { ...person, requests: Math.round(requests * 0.3), agent: firefox, language: "fr-MA" },
    { ...person, requests: Math.round(requests * 0.1), from: "127.21.0.0", parts: false },
  ];
}

/** The automated requests of 2011. */
export function bots(requests: number, fields: Partial<Stream> = {}): Stream {
  return {
    requests,
    sources: requests / 10,
    from: "127.64.0.0",
    agent: "",
    language: "",
    parts: false,
    ...fields,
  };
}

const calmDefence: Omit<DefenceFacts, "edge" | "at"> = {
  mode: "calm",
  volume: false,
  composition: false,
  health: false,
  reason: "as usual",
  forced: null,
  frozen: false,
  dry_run: false,
  requests_per_s: 0,
  usual_per_s: 5,
  known_readers: { requests: 0, served: 0 },
  rules: [],
  ladder: { slow: 0, refuse: 0, close: 0, kernel: 0 },
  held: 0,
  kernel: { state: "off", banned: 0 },
  countries: [],
};

/** An edge that has met a flood, with rules that act. */
export function met(rules: readonly RuleFacts[], said: Partial<DefenceFacts> = {}): Partial<DefenceFacts> {
  return {
    mode: "guarded",
    volume: true,
    composition: true,
    reason: "far more requests than usual, and requests that no usual reader sends",
    rules: [...rules],
    ...said,
  };
}

export function actingRule(fields: Partial<RuleFacts> = {}): RuleFacts {
  return {
    id: "rule-1",
    description: "covers 97 % of the flood; worst harm 0.3 %, phones",
    when: 'program is "none" and pace is at least 8',
    terms: [
      { trait: "program", value: "none" },
      { trait: "pace", value: "8" },
    ],
    action: "deny",
    state: "active",
    by: "edge",
    coverage: 0.97,
    collateral: 0.001,
    collateral_worst: 0.003,
    collateral_worst_group: "phone",
    seen_worst: null,
    seen_worst_group: "",
    created_at: new Date(0).toISOString(),
    expires_at: new Date(600_000).toISOString(),
    ended: null,
    incident: null,
    matched: 0,
    refused: 0,
    ...fields,
  };
}

/** One edge, with a key and a memory of its own. */
export function testEdge(name = "edge-1", lookUp: LookUpOrigin = () => unknownOrigin) {
  const key = { first: 3, second: 5 };
  const tally = new WorkerTally(key);
  return {
    /** What it tells of its defence; calm where nothing else is said. */
    defend(said: Partial<DefenceFacts> = {}, at = new Date(0).toISOString()): DefenceFacts {
      return { ...calmDefence, ...said, edge: name, at };
    },
    observe(streams: readonly Stream[], at = new Date(0).toISOString()): Event<"observation"> {
      for (const stream of streams) count(tally, stream);
      return { edge: name, at, seconds: 1, ...summarise(tally.take(), lookUp), lag_ms: 0, events_lost: 0 };
    },
  };
}

function count(tally: WorkerTally, stream: Stream): void {
  const base = stream.from.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  for (let request = 0; request < stream.requests; request += 1) {
    tally.count({
      source: { v6: false, high: 0, low: base + (request % Math.max(1, Math.floor(stream.sources))) },
      path: "/",
      agent: stream.agent,
      language: stream.language,
      part: stream.parts && request % 2 === 0,
      parts: stream.parts,
      status: stream.status ?? 200,
      refused: stream.refused ?? false,
      challenged: false,
      provenance: "signed",
      bytes: 1_000,
      latencyMs: stream.latencyMs ?? 0.3,
    });
  }
}
