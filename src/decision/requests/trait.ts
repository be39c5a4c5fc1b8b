/**
 * What is told of each request, trait by trait, as short texts; and what each kind of trait may be used for. A rule is a conjunction of
 * terms over them. Only what clients *do* can justify refusing anybody; where they come from, what they call themselves and what they
 * ask for can narrow a rule further, never carry it.
 */

/** In the order of a vector's words (sample.ts). */
export const traits = [
  /** `GET`, `HEAD`, `POST`, `other`. */
  "method",
  /** `portal`, `blog`, `studio`; `unknown` (421), `address` (asked for by a bare address). */
  "host",
  /** What was asked for, as a class: `front`, `page`, `list`, `feed`, `text`, `part`, `reserved`, `passed-on`, `missing`, `moved`, `malformed`. Of what is passed on, parts are told by their name. */
  "place",
  /** The path as it stands, at most 100 characters. */
  "path",
  /** `none`, `tracking` (utm_*, fbclid …), or the sorted names of its parameters (shapes.ts), digits as `0`: `?z`; `?` where they have none. */
  "query",
  /** The User-Agent as it stands, at most 200 characters. */
  "agent",
  /** Its family (agentFamilies): `chrome`, `feed-reader`, `none`. */
  "program",
  /** Who reads with it (clients): `phone`, `desktop`, `text-browser` … The groups in which harm is counted. */
  "client",
  /** First tag of Accept-Language: `ar-MA`; `none`. */
  "language",
  /** Those of its headers in which browsers, readers and tools differ (header-set.ts), sorted: `accept,accept-encoding,user-agent`; `none`. */
  "headers",
  /** `none`, `any` (`*` of any type), `page` (names text/html), `feed`, `part`, `other`. */
  "accept",
  /** `none`, `identity`, `gzip`, `modern` (br or zstd), `other`. */
  "encoding",
  /** `none`, `self`, or the referring host; `other` where it is no address. */
  "referrer",
  /** `yes`, `no`. */
  "cookies",
  /** If-None-Match or If-Modified-Since: `yes`, `no`. Browsers, feed readers and archives that come back send them. */
  "conditional",
  /** Its source also fetched style sheets, scripts, images or fonts in the last hour: `yes`, `no`. */
  "parts",
  /** Requests for pages a second of its source over the last two seconds, from: 0, 1, 2, 4, 8, 16, 32. */
  "pace",
  /** Different full queries that its source sent lately, from: 0, 2, 4, 8. */
  "queries",
  /** Different fingerprints (User-Agent, language, header set) of its source lately: `one`, `few`, `many` (a shared address). */
  "shared",
  /** Answers of its source lately that were 4xx, from: 0, 2, 4, 8. */
  "misses",
  /** Of who says to be a search engine: `verified`, `false`, `unknown`; `none` says nothing of the kind. */
  "claim",
  /** What it costs: `memory`, `disk`, `error`, `passed-on`. */
  "cost",
  /** A ticket or pass that it carries: `none` until there are any. */
  "pass",
  /** ISO 3166-1; `ZZ`. */
  "country",
  /** Autonomous system: `64500`; `0`. */
  "network",
  /** `127.10.0.0/16`, `2001:db8::/32`. */
  "block",
  /** `127.10.3.0/24`, `2001:db8:1::/48`. */
  "prefix",
] as const;
export type Trait = (typeof traits)[number];

/** Their values are numbers, and a term means "at least". */
export const ordinalTraits = ["pace", "queries", "misses"] as const satisfies readonly Trait[];

/** What a client does. A rule must hold usual readers harmless by these alone. */
export const behaviours = [
  "method",
  "place",
  "program",
  "headers",
  "accept",
  "encoding",
  "conditional",
  "parts",
  "pace",
  "queries",
  "shared",
  "misses",
  "claim",
  "cost",
] as const satisfies readonly Trait[];

/** Who reads with a program: the groups, beside countries, networks and languages, in which harm is counted. */
export const clients = [
  "phone",
  "desktop",
  "text-browser",
  "tor",
  "feed-reader",
  "archive",
  "crawler",
  "tool",
  "none",
] as const;
export type ClientGroup = (typeof clients)[number];

/** Traits by whose values harm is counted (docs/decisions/0020). */
export const groupTraits = ["client", "country", "language", "network"] as const satisfies readonly Trait[];

/** One condition. For ordinal traits `value` is the least number. */
export interface Term {
  readonly trait: Trait;
  readonly value: string;
}

const isOrdinal: ReadonlySet<Trait> = new Set(ordinalTraits);
const isBehaviour: ReadonlySet<Trait> = new Set(behaviours);

export function ordinal(trait: Trait): boolean {
  return isOrdinal.has(trait);
}

export function behaviour({ trait }: Term): boolean {
  return isBehaviour.has(trait);
}

/** `program is "none" and pace is at least 8`. */
export function writtenOut(terms: readonly Term[]): string {
  return terms
    .map(({ trait, value }) =>
      ordinal(trait) ? `${trait} is at least ${value}` : `${trait} is ${JSON.stringify(value)}`,
    )
    .join(" and ");
}
