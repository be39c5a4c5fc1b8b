/**
 * Which headers a request has, as a set of those in which browsers, readers and tools differ. Left out is what comes and goes with one
 * reader (cookies, referrers, conditions, what a reload adds), what is told as a trait of its own, and what proxies put in on the way.
 */
import { Remembered } from "../../base/remembered.ts";
import type { Value, Values } from "./values.ts";

/** Sorted; a set is written in this order. */
export const tellingHeaders = [
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "dnt",
  "from",
  "priority",
  "sec-ch-ua",
  "sec-fetch-mode",
  "sec-gpc",
  "te",
  "upgrade-insecure-requests",
  "user-agent",
  "x-requested-with",
] as const;

/** Of these, what one browser sends with pages and not with their parts, or the other way round. */
const varying: ReadonlySet<string> = new Set(["priority", "upgrade-insecure-requests", "x-requested-with"]);

/** At the end of a set with more unheard-of names than proxies, programs that show pages, and extensions put into one request. */
const others = "others";
const othersMin = 10;

/** Not unheard of, but left out; those that begin with `sec-`, `cf-`, `x-forwarded-` or `x-operamini-` too. */
const usual: ReadonlySet<string> = new Set(
  `host connection keep-alive upgrade expect transfer-encoding content-length content-type content-encoding authorization
   cookie referer origin cache-control pragma purpose x-purpose x-moz save-data service-worker a-im
   if-match if-none-match if-modified-since if-unmodified-since if-range range
   device-memory downlink ect rtt viewport-width
   via forwarded x-real-ip cdn-loop proxy-connection`.split(/\s+/),
);

const bits: ReadonlyMap<string, number> = new Map(tellingHeaders.map((name, at) => [name, 1 << at]));
const othersBit = 1 << tellingHeaders.length;
/** Bun lets 200 through, sorted; the first of them tell enough. */
const namesMax = 100;
/** There are 2^15; what a hundred thousand readers send makes some dozens. */
const rememberedMax = 1_024;

export class HeaderSets {
  readonly #sets: Remembered<Value, number>;
  readonly #lasting: Remembered<Value>;

  constructor(values: Values) {
    this.#sets = new Remembered((set: number) => values.once(headerSetText(set)), rememberedMax);
    this.#lasting = new Remembered((set: string) => values.once(lastingPart(set)), rememberedMax);
  }

  /** `names`: in lower case, in any order. */
  of(names: Iterable<string>): Value {
    return this.#sets.of(headerSet(names));
  }

  /** Of a set, what is the same in all requests of one program. */
  lasting({ text }: Value): Value {
    return this.#lasting.of(text);
  }
}

function headerSet(names: Iterable<string>): number {
  let set = 0;
  let looked = 0;
  let unheard = 0;
  for (const name of names) {
    const bit = bits.get(name);
    if (bit !== undefined) set |= bit;
    else if (!isUsual(name)) unheard += 1;
    looked += 1;
    if (looked === namesMax) break;
  }
  return unheard >= othersMin ? set | othersBit : set;
}

function isUsual(name: string): boolean {
  return usual.has(name) || /^(?:sec|cf|x-forwarded|x-operamini)-/.test(name);
}

function headerSetText(set: number): string {
  const told = tellingHeaders.filter((_, at) => (set & (1 << at)) !== 0);
  return [...told, ...((set & othersBit) === 0 ? [] : [others])].join(",") || "none";
}

function lastingPart(set: string): string {
  return set
    .split(",")
    .filter((name) => !varying.has(name))
    .join(",");
}
