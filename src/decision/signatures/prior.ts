/**
 * The shipped prior: how readers' requests come where nothing was learned yet, and the floor under every group of readers afterwards. A
 * habit allows several values of a trait, or any: a rule is held to harm all of a habit that it might match. So nothing here has to be
 * known exactly but what honest clients never do.
 *
 * Header sets: browsers send Sec-Fetch-* and client hints only to trustworthy addresses (W3C Fetch Metadata, section 2; Client Hints
 * Infrastructure, section 2), so none over plain HTTP; `Priority` came with RFC 9218, `TE` with Firefox over HTTP/2. Text browsers: what Links
 * (http.c), w3m and Lynx send; search engines: Google, "First date with the Googlebot: headers and compression" (2008). Feed readers and
 * archives differ so much that theirs are loose.
 */
import type { ClientGroup, Trait } from "../requests/trait.ts";

/** Values that are allowed, by trait; of ordinal traits the highest number. What isn't named may be anything. */
export type Allowed = Partial<Record<Trait, readonly string[]>>;

export interface Habit {
  readonly client: ClientGroup;
  /** Of its group's requests, 0..1. */
  readonly share: number;
  /** Honest, but so seldom that what is learned can't make it usual. */
  readonly rare: boolean;
  readonly allowed: Allowed;
}

/** Groups' shares of requests to a small news site. `none` and `tool` claim to be no reader, and are nobody's group. */
export const groupShares: Partial<Record<ClientGroup, number>> = {
  phone: 0.55,
  desktop: 0.3,
  crawler: 0.06,
  "feed-reader": 0.05,
  tor: 0.02,
  "text-browser": 0.01,
  archive: 0.007,
  tool: 0.003,
};

/** What a client sends, whatever it is doing. */
interface Looks {
  readonly share: number;
  readonly rare?: true;
  readonly allowed: Allowed;
}

/** How it goes about reading; `rare` as above. */
interface Manner {
  readonly share: number;
  readonly rare?: true;
  readonly allowed: Allowed;
}

const base = "accept,accept-encoding,accept-language";
const withCharset = "accept,accept-charset,accept-encoding,accept-language";
const plainBrowser = [`${base},user-agent`, `${base},upgrade-insecure-requests,user-agent`];
const privateBrowser = [
  `${base},dnt,upgrade-insecure-requests,user-agent`,
  `${base},sec-gpc,upgrade-insecure-requests,user-agent`,
  `${base},dnt,sec-gpc,upgrade-insecure-requests,user-agent`,
];
const chromium = [
  `${base},sec-ch-ua,sec-fetch-mode,upgrade-insecure-requests,user-agent`,
  `${base},priority,sec-ch-ua,sec-fetch-mode,upgrade-insecure-requests,user-agent`,
];
const firefox = [
  `${base},sec-fetch-mode,upgrade-insecure-requests,user-agent`,
  `${base},priority,sec-fetch-mode,upgrade-insecure-requests,user-agent`,
  `${base},priority,sec-fetch-mode,te,upgrade-insecure-requests,user-agent`,
  `${base},dnt,priority,sec-fetch-mode,sec-gpc,te,upgrade-insecure-requests,user-agent`,
];
const safari = [`${base},sec-fetch-mode,user-agent`, `${base},priority,sec-fetch-mode,user-agent`];
const inApp = [...chromium, ...plainBrowser].map((set) => `${set},x-requested-with`);

const browser: Looks = {
  share: 1,
  allowed: {
    program: ["chrome", "safari", "firefox", "edge", "opera", "samsung", "in-app", "mozilla", "outdated"],
    headers: [...plainBrowser, ...privateBrowser, ...chromium, ...firefox, ...safari, ...inApp],
    accept: ["page", "any", "part"],
    encoding: ["modern", "gzip", "identity"],
    claim: ["none"],
  },
};

const anyPage = ["front", "page", "list", "text", "feed", "part", "passed-on", "moved", "reserved"];
const oneReader = { shared: ["one", "few"], queries: ["0"], misses: ["0"] };
const reading = { method: ["GET"], place: anyPage, ...oneReader };

/** People with a browser on a line of their own. Paces are of pages a second over two seconds; `1.25/s` is a hasty reader. */
const people: readonly Manner[] = [
  { share: 0.55, allowed: { ...reading, pace: ["0"] } },
  { share: 0.22, allowed: { ...reading, pace: ["1"] } },
  { share: 0.14, allowed: { ...reading, pace: ["2"] } },
  /** Comments, searches, sign-ins, and what scripts of a site send. */
  { share: 0.03, allowed: { ...reading, method: ["POST"], place: ["reserved", "passed-on"], pace: ["1"] } },
  { share: 0.02, allowed: { ...reading, queries: ["2"], pace: ["1"] } },
  { share: 0.025, allowed: { ...reading, place: [...anyPage, "missing"], misses: ["2"], pace: ["1"] } },
  { share: 0.003, rare: true, allowed: { ...reading, queries: ["4"], pace: ["2"] } },
  {
    share: 0.003,
    rare: true,
    allowed: { ...reading, misses: ["4"], place: ["missing", "page"], pace: ["2"] },
  },
  { share: 0.003, rare: true, allowed: { ...reading, method: ["HEAD"], pace: ["1"] } },
  /** Ten tabs at once. */
  { share: 0.004, rare: true, allowed: { ...reading, pace: ["4"] } },
];

/** A carrier's, a company's or a village's one address: everything that any of them does. Sixty phones may be of four kinds only. */
const behindOneAddress: Allowed = {
  method: ["GET"],
  place: [...anyPage, "missing"],
  shared: ["few", "many"],
  queries: ["8"],
  misses: ["8"],
  pace: ["32"],
};
const fewBehind: Allowed = {
  ...behindOneAddress,
  shared: ["few"],
  pace: ["4"],
  queries: ["4"],
  misses: ["4"],
};
/** Where so many read, some browser fetched a page's parts in the last half hour; seldom none, or another host has them all. */
const shared: readonly Manner[] = [
  { share: 0.5, allowed: { ...behindOneAddress, parts: ["yes"] } },
  { share: 0.1, allowed: { ...behindOneAddress, parts: ["no"] } },
  { share: 0.32, allowed: { ...fewBehind, parts: ["yes"] } },
  { share: 0.06, allowed: { ...fewBehind, parts: ["no"] } },
  { share: 0.02, allowed: { ...behindOneAddress, method: ["POST"], place: ["reserved", "passed-on"] } },
];

/** Exits of Tor carry many who all look the same: at a pace of several, and like one. */
const behindAnExit: readonly Manner[] = [
  { share: 0.5, allowed: { ...reading, pace: ["0"] } },
  { share: 0.27, allowed: { ...reading, pace: ["1"] } },
  {
    share: 0.2,
    allowed: { ...reading, pace: ["2"], misses: ["2"], queries: ["2"], place: [...anyPage, "missing"] },
  },
  { share: 0.025, allowed: behindOneAddress },
  { share: 0.003, rare: true, allowed: { ...reading, pace: ["4"] } },
  { share: 0.002, rare: true, allowed: { ...reading, pace: ["8"], queries: ["4"], misses: ["4"] } },
];

const textBrowser: readonly Looks[] = [
  {
    share: 1,
    allowed: {
      program: ["text-browser"],
      headers: [`${base},user-agent`, `${withCharset},user-agent`, `${withCharset},dnt,user-agent`],
      accept: ["page", "any", "other"],
      encoding: ["gzip", "modern", "identity", "other"],
      claim: ["none"],
    },
  },
];

const feedSets = ["accept,user-agent", "accept,accept-encoding,user-agent", `${base},user-agent`];
const feedReaders: readonly Looks[] = [
  {
    share: 0.85,
    allowed: {
      program: ["feed-reader"],
      headers: [...feedSets, "accept,accept-encoding,from,user-agent"],
      accept: ["feed", "any", "page", "other"],
      encoding: ["none", "identity", "gzip", "modern"],
      claim: ["none"],
    },
  },
  {
    share: 0.15,
    allowed: {
      program: ["feed-reader"],
      headers: ["user-agent", "accept-encoding,user-agent"],
      accept: ["none"],
      encoding: ["none", "gzip", "modern"],
      claim: ["none"],
    },
  },
];
const feeds = { method: ["GET"], place: ["feed", "moved", "passed-on"], ...oneReader };
const subscribed: readonly Manner[] = [
  { share: 0.8, allowed: { ...feeds, pace: ["0"] } },
  { share: 0.1, allowed: { ...feeds, pace: ["1"] } },
  { share: 0.04, allowed: { ...feeds, pace: ["2"], place: anyPage, shared: ["one", "few", "many"] } },
  { share: 0.03, allowed: { ...feeds, method: ["GET", "HEAD"], pace: ["1"], place: anyPage } },
  { share: 0.025, allowed: { ...feeds, misses: ["2"], place: ["missing", "feed"], pace: ["1"] } },
  { share: 0.005, rare: true, allowed: { ...feeds, pace: ["4"] } },
];

const archive: Looks = {
  share: 1,
  allowed: {
    program: ["archive"],
    headers: ["accept,from,user-agent", ...feedSets, "accept,accept-encoding,from,user-agent"],
    accept: ["page", "any", "other"],
    encoding: ["none", "identity", "gzip", "modern"],
    claim: ["none", "unknown"],
  },
};
const crawled = { method: ["GET"], place: [...anyPage, "missing"], shared: ["one", "few"] };
/** One after the other, as fast as the site answers, old addresses and all their queries included. */
const archiving: readonly Manner[] = [
  { share: 0.5, allowed: { ...crawled, pace: ["1"], queries: ["0"], misses: ["0"] } },
  { share: 0.3, allowed: { ...crawled, pace: ["2"], queries: ["8"], misses: ["8"] } },
  { share: 0.2, allowed: { ...crawled, pace: ["4"], queries: ["8"], misses: ["8"] } },
];

const searchEngine: Looks = {
  share: 1,
  allowed: {
    program: ["crawler"],
    headers: ["accept,accept-encoding,from,user-agent", ...feedSets],
    accept: ["page", "any", "other"],
    encoding: ["gzip", "modern", "identity", "none"],
    claim: ["verified", "unknown", "none"],
  },
};
const indexing: readonly Manner[] = [
  { share: 0.75, allowed: { ...crawled, pace: ["1"], queries: ["2"], misses: ["2"] } },
  {
    share: 0.2,
    allowed: { ...crawled, method: ["GET", "HEAD"], pace: ["2"], queries: ["8"], misses: ["8"] },
  },
  { share: 0.05, allowed: { ...crawled, pace: ["4"], queries: ["8"], misses: ["8"] } },
];

/** Programs that nobody has heard of may be readers'; what calls itself a tool is none. */
const unheardOf: Looks = { share: 0.5, allowed: { program: ["other"], claim: ["none"] } };
const tool: Looks = { share: 0.5, allowed: { program: ["tool"], claim: ["none"] }, rare: true };

/** Of each group: what its clients look like, how they go about it, and how often that happens behind an address that many share. */
const groups: readonly (readonly [ClientGroup, readonly Looks[], readonly Manner[], shared: number])[] = [
  ["phone", [browser], people, 0.3],
  ["desktop", [browser], people, 0.15],
  ["tor", [browser], behindAnExit, 0.3],
  ["text-browser", textBrowser, people, 0.05],
  ["feed-reader", feedReaders, subscribed, 0],
  ["archive", [archive], archiving, 0],
  ["crawler", [searchEngine], indexing, 0],
  ["tool", [unheardOf, tool], people, 0],
];

export const habits: readonly Habit[] = groups.flatMap(([client, looks, manners, sharedPart]) =>
  looks.flatMap((look) => [
    ...manners.map((manner) => habit(client, look, manner, 1 - sharedPart)),
    ...(sharedPart === 0 ? [] : shared.map((manner) => habit(client, look, manner, sharedPart))),
  ]),
);

function habit(client: ClientGroup, look: Looks, manner: Manner, part: number): Habit {
  return {
    client,
    share: part * look.share * manner.share,
    rare: (look.rare ?? manner.rare) === true,
    allowed: { ...look.allowed, ...manner.allowed, client: [client] },
  };
}
