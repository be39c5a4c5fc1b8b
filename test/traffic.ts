/** Traffic for tests of what is reckoned from it: readers of a site in Arabic and French, the bots of 2011, and what they come to together. */
import { Distinct } from "../src/decision/distinct.ts";
import { latencyBuckets } from "../src/decision/latency.ts";
import { keyedHash } from "../src/decision/source.ts";
import type { KindTraffic, Traffic } from "../src/decision/traffic.ts";
import { kindName, parseKind } from "../src/decision/traits.ts";

/** Requests a second by kind, from so many sources in so many countries. */
export interface Flow {
  readonly kinds: Readonly<Record<string, number>>;
  readonly sources: number;
  readonly countries: Readonly<Record<string, number>>;
}

const home = { MA: 0.6, FR: 0.25, BE: 0.15 };

/** `rate` requests a second. */
export function people(rate: number, countries: Readonly<Record<string, number>> = home): Flow {
  const kinds = {
    "chrome ar parts": 0.3,
    "chrome ar bare": 0.13,
    "chrome fr parts": 0.15,
    "safari fr parts": 0.12,
    "in-app ar parts": 0.15,
    "firefox fr bare": 0.08,
    "feed-reader none bare": 0.03,
    "crawler none bare": 0.04,
  };
  return { kinds: scaled(kinds, rate), sources: rate / 2, countries: scaled(countries, rate) };
}

/** Old programs, no style sheets, ten requests a second from each source. */
export function swarm(rate: number, country = "SA"): Flow {
  const kinds = { "outdated ar bare": 0.5, "none none bare": 0.3, "outdated en bare": 0.2 };
  return { kinds: scaled(kinds, rate), sources: rate / 10, countries: { [country]: rate } };
}

export const nobody: Flow = { kinds: {}, sources: 0, countries: {} };

/** Of a morning in July 2011. */
const morningMs = Date.parse("2011-07-31T09:00:00Z");

/** So many seconds in which the flows go on; whoever comes does so with a new address every 20 s. */
export function trafficOfFlows(flows: readonly Flow[], { endMs = morningMs, seconds = 1 } = {}): Traffic {
  const kinds = new Map<string, KindTraffic>();
  const countries = new Map<string, number>();
  for (const flow of flows) {
    for (const [name, perS] of Object.entries(flow.kinds)) add(kinds, name, perS * seconds);
    for (const [code, perS] of Object.entries(flow.countries))
      countries.set(code, (countries.get(code) ?? 0) + perS * seconds);
  }
  const requests = kinds.values().reduce((sum, kind) => sum + kind.requests, 0);
  const sources = flows.reduce((sum, flow) => sum + flow.sources, 0);
  const registers = registersOf(sources, endMs / 20_000, Math.ceil(seconds / 20));
  return { endMs, seconds, requests, sources, registers, kinds, countries, networks: new Map() };
}

function add(kinds: Map<string, KindTraffic>, name: string, requests: number): void {
  const kind = parseKind(name);
  if (kind === undefined) throw new Error(name);
  const sum = requests + (kinds.get(kindName(kind))?.requests ?? 0);
  const latency = Array.from({ length: latencyBuckets }, (_, bucket) => (bucket === 8 ? sum : 0));
  kinds.set(name, { kind, requests: sum, served: sum, refused: 0, latency });
}

const key = { first: 3, second: 5 };

function registersOf(sources: number, turn: number, turns: number): Uint8Array {
  const distinct = new Distinct();
  const each = Math.min(1_000, Math.round(sources));
  for (let source = 0; source < each * Math.min(turns, 5); source += 1) {
    distinct.add(keyedHash({ v6: false, high: Math.floor(turn), low: source }, key));
  }
  return distinct.take();
}

function scaled(parts: Readonly<Record<string, number>>, rate: number): Record<string, number> {
  return Object.fromEntries(Object.entries(parts).map(([name, share]) => [name, share * rate]));
}
