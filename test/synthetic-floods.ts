/** Floods as windows would show them, and crowds that look like floods only in their number. Drawn with a seed. */
import { below, type Random } from "../src/base/random.ts";
import { bare, desktop, many, reader, type Request } from "./synthetic-traffic.ts";

const browsers = ["chrome", "safari", "firefox", "edge"];

function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[below(random, values.length)] ?? values[0];
}

/** Of a program that does 8 to 15 a second, as one meets it in the first seconds. */
const hasty = (random: Random): string => pick(random, ["4", "8", "8", "8", "16"]);
/** Of people: up to 1.25 a second, as two seconds' windows show it. */
const unhurried = (random: Random): string => pick(random, ["0", "1", "1", "1", "2"]);

export type Traffic = (random: Random, count: number) => Request[];

const swarm =
  (make: (random: Random, at: number) => Request): Traffic =>
  (random, count) =>
    many(count, (at) => ({ source: at % 3_000, ...make(random, at) }));

const fullHeaders = (random: Random, at: number): Request => ({
  ...reader,
  country: "SA",
  program: browsers[at % 4] ?? "chrome",
  client: at % 4 === 0 ? "phone" : "desktop",
  agent: `browser ${at % 4}`,
  pace: hasty(random),
});

export const floods: Readonly<Record<string, Traffic>> = {
  "one country, nothing but Host": swarm((random) => ({ ...bare, pace: hasty(random) })),
  "rotating agents without Accept": swarm((random, at) => ({
    ...bare,
    agent: `agent ${below(random, 500)}`,
    program: browsers[at % 4] ?? "chrome",
    client: "desktop",
    headers: "user-agent",
    shared: "many",
    pace: hasty(random),
  })),
  "a tool from an address of its own for each request": (_, count) =>
    many(count, (at) => ({
      ...bare,
      source: at,
      agent: "python-requests/2.32.3",
      program: "tool",
      client: "tool",
      headers: "accept,accept-encoding,user-agent",
      accept: "any",
      encoding: "gzip",
      pace: "0",
    })),
  "rotating agents without Accept, the first request of each source": swarm((_, at) => ({
    ...bare,
    agent: `agent ${at % 5}`,
    program: browsers[at % 4] ?? "chrome",
    client: "desktop",
    place: "missing",
    headers: "user-agent",
    pace: "0",
  })),
  "complete browser headers at 8/s": swarm(fullHeaders),
  "cache busting": swarm((random) => ({ ...reader, query: "?z", queries: "8", pace: hasty(random) })),
  "cache busting, slowly": swarm(() => ({ ...reader, query: "?z", queries: "8", pace: "2" })),
  POST: swarm((random) => ({ ...reader, method: "POST", pace: hasty(random) })),
  "POST, one at a time": swarm(() => ({ ...reader, method: "POST", pace: "1" })),
  "wrong addresses": swarm((random, at) => ({
    ...fullHeaders(random, at),
    place: "missing",
    path: `/${below(random, 1e6)}`,
    misses: "8",
  })),
  "an address for each request": swarm((_, at) => ({ ...bare, source: at, pace: "0" })),
  "IPv6 hopping": swarm((_, at) => ({
    ...bare,
    source: at,
    pace: "0",
    block: "2001:db8::/32",
    prefix: `2001:db8:${at % 9}::/48`,
  })),
  "fake Googlebot": swarm((random) => ({
    ...reader,
    program: "crawler",
    client: "crawler",
    headers: "accept,accept-encoding,from,user-agent",
    claim: "false",
    pace: hasty(random),
  })),
  "fake feed reader": swarm((random) => ({ ...feedReader(random), pace: hasty(random) })),
  "behind carriers' addresses": swarm(() => ({ ...bare, shared: "many", pace: "32" })),
  "a tool that says so": swarm(() => ({
    ...reader,
    program: "tool",
    client: "tool",
    accept: "any",
    headers: "accept,user-agent",
    pace: "2",
  })),
  "no Accept over TLS, two to four a second": swarm((random, at) => ({
    ...bare,
    agent: `agent ${at % 500}`,
    program: browsers[at % 4] ?? "chrome",
    client: "desktop",
    headers: "user-agent",
    pace: pick(random, ["2", "2", "4"]),
  })),
  "bare address": swarm((random) => ({ ...bare, host: "address", place: "malformed", pace: hasty(random) })),
  "two floods at once": (random, count) => [
    ...swarm(() => bare)(random, count / 2),
    ...swarm(() => ({ ...reader, country: "BR", query: "?z", queries: "8", pace: "8" }))(random, count / 2),
  ],
};

const feedReader = (random: Random): Request => ({
  ...reader,
  agent: "feed reader",
  program: "feed-reader",
  client: "feed-reader",
  place: "feed",
  path: "/ar/feed",
  language: "none",
  headers: "accept,accept-encoding,user-agent",
  accept: pick(random, ["feed", "any"]),
  encoding: "gzip",
  conditional: pick(random, ["yes", "no"]),
});

const flashCrowd = (random: Random, at: number): Request => ({
  ...reader,
  source: at % 2_000,
  referrer: "social.example",
  pace: unhurried(random),
});

/** None of these may ever be matched by a rule. */
export const crowds: Readonly<Record<string, Traffic>> = {
  "a flash crowd": swarm(flashCrowd),
  "a newsletter's readers, each with an id": swarm((random, at) => ({
    ...flashCrowd(random, at),
    referrer: "none",
    query: "?id",
  })),
  "readers with a phone that nobody has seen": swarm((random, at) => ({
    ...flashCrowd(random, at),
    agent: "a new phone",
    program: "other",
    client: "phone",
    headers: "accept,others",
    accept: "other",
    encoding: "none",
  })),
  "feed readers on the hour": swarm((random, at) => ({
    ...feedReader(random),
    ...(at % 6 === 0 ? { accept: "none", headers: "user-agent" } : {}),
    pace: pick(random, ["0", "0", "0", "1"]),
  })),
  "an archive that takes everything": swarm((random) => ({
    ...reader,
    source: 1,
    agent: "archive.org_bot",
    program: "archive",
    client: "archive",
    language: "none",
    headers: "accept,from,user-agent",
    place: pick(random, ["page", "page", "list", "missing"]),
    pace: pick(random, ["2", "4"]),
    queries: "8",
    misses: "8",
  })),
  "a thousand phones behind one address": swarm((random) => ({
    ...reader,
    source: 1,
    shared: "many",
    pace: pick(random, ["16", "32"]),
    queries: pick(random, ["0", "8"]),
    misses: pick(random, ["0", "8"]),
    parts: "yes",
  })),
  "sixty readers of four kinds behind one address": swarm((random) => ({
    ...reader,
    source: 1,
    shared: "few",
    parts: "yes",
    pace: pick(random, ["16", "32"]),
  })),
  "readers.mjs": (random, count) => plainReaders(random, count),
};

/** Nothing tells one from the other but their number: neither is ever refused, and both may have to wait in a siege. */
export const manyFaces: Readonly<Record<string, Traffic>> = {
  "sixty readers behind one address who never fetch a part": swarm((random) => ({
    ...reader,
    source: 1,
    shared: "few",
    pace: pick(random, ["16", "32"]),
  })),
  "rotating agents with complete headers": swarm((random, at) => ({
    ...fullHeaders(random, at),
    shared: pick(random, ["few", "many"]),
    pace: pick(random, ["8", "8", "16"]),
  })),
};

/** `../shared/tools/readers.mjs`: four browsers, two pages, no parts, one or two requests a second. */
export function plainReaders(random: Random, count: number): Request[] {
  return many(count, (at) => ({
    ...(at % 2 === 0 ? reader : desktop),
    source: 1_000_000 + (at % 60),
    path: pick(random, ["/", "/ar/2026/01/a"]),
    place: pick(random, ["front", "page"]),
    pace: unhurried(random),
  }));
}
