/** What a seed makes of a profile: every address, header and page of one drill. The same seed draws the same drill. */
import { OperatorError } from "../src/base/errors.ts";
import { below, type Random, seededRandom } from "../src/base/random.ts";
import { AddressDraw, type DrillNetwork, NetworkDraw } from "./addresses.ts";
import type { FloodStory, HeaderLines, Person, Profile, Weighted } from "./profile.ts";

export interface Bot {
  /** Where it keeps to one. */
  readonly address: string;
  /** Index into `FloodPlan.headers`, where it keeps to one of them. */
  readonly headers: number;
}

/** What the flood's process is told. */
export interface FloodPlan extends Pick<
  FloodStory,
  "headersFor" | "addresses" | "asks" | "perConnection" | "takesNothing" | "asksNothing" | "atGates" | "pulse"
> {
  readonly seed: number;
  readonly seconds: number;
  /** Requests a second, all sources together; 0: as fast as it goes. */
  readonly rate: number;
  readonly headers: readonly HeaderLines[];
  readonly bots: readonly Bot[];
  /** Where fresh addresses are drawn. */
  readonly networks: readonly DrillNetwork[];
  /** Addresses that fresh ones must not be. */
  readonly taken: readonly string[];
  /** The trusted proxy's own address, where everything comes through one. */
  readonly proxy?: string;
}

export interface Reader extends Person {
  readonly address: string;
  readonly country: string;
  /** Its owner's name. */
  readonly network: string;
  readonly amongFlood: boolean;
  readonly late: boolean;
  readonly proxy?: string;
}

/** Wants one thing that costs work. */
export interface Visitor extends Pick<Reader, "address" | "headers" | "amongFlood" | "proxy"> {
  readonly hasScripts: boolean;
}

export interface Visiting {
  /** In the order in which they come, in the flood's first two thirds: the last one meets it as well. */
  readonly people: readonly Visitor[];
  readonly perS: number;
}

export interface Plan {
  readonly profile: string;
  readonly seed: number;
  readonly networks: readonly DrillNetwork[];
  readonly flood: FloodPlan;
  readonly readers: readonly Reader[];
  /** While the flood goes on. */
  readonly visitors: Visiting;
  /** Who looks beforehand what there is to read, faster than anybody reads. */
  readonly scout: Pick<Reader, "address" | "headers" | "proxy">;
  readonly thinkMs: number;
}

export interface Wishes {
  readonly seed: number;
  readonly sources?: number | undefined;
  readonly seconds?: number | undefined;
  readonly rate?: number | undefined;
  /** Loopback networks whose place the edge knows (geo.overrides): used for that country before others are drawn. */
  readonly known: readonly DrillNetwork[];
  /** An address of loopback whose X-Forwarded-For the instance believes. */
  readonly proxy?: string | undefined;
}

/** Throws OperatorError where the profile needs a proxy that the instance trusts and there is none. */
export function drawPlan(profile: Profile, wishes: Wishes): Plan {
  const { seed, known } = wishes;
  const random = seededRandom(seed);
  const draw = new NetworkDraw(random, known);
  const spread = (places: FloodStory["places"]): Spread =>
    places.map(([weight, place]) => [weight, draw.networks(place)] as const);
  const addresses = new AddressDraw(random);
  const drawing = { random, addresses, proxy: proxyFor(profile, wishes) };
  const floodPlaces = spread(profile.flood.places);
  const readerPlaces = spread(profile.readers.places);
  const bots = drawBots(profile, wishes, floodPlaces, drawing);
  const readers = drawReaders(profile, { floodPlaces, readerPlaces, bots }, drawing);
  const networks = networksOf(floodPlaces);
  const visitors = drawVisitors(profile, wishes, { floodPlaces, readerPlaces, bots }, drawing);
  return {
    profile: profile.name,
    seed,
    networks: [...new Set([...networks, ...networksOf(readerPlaces)])],
    flood: floodPlan(profile, wishes, {
      bots,
      networks,
      people: [...readers, ...visitors.people],
      proxy: drawing.proxy,
    }),
    readers,
    visitors,
    scout: {
      address: addresses.in(one(random, chosen(random, readerPlaces))),
      headers: chosen(random, profile.readers.people).headers,
      ...(drawing.proxy !== undefined && { proxy: drawing.proxy }),
    },
    thinkMs: profile.readers.thinkMs,
  };
}

type Spread = Weighted<readonly DrillNetwork[]>;

interface Drawing {
  readonly random: Random;
  readonly addresses: AddressDraw;
  readonly proxy: string | undefined;
}

function proxyFor({ name, flood }: Profile, { proxy }: Wishes): string | undefined {
  if (flood.behindProxy !== true) return undefined;
  if (proxy !== undefined) return proxy;
  throw new OperatorError(
    `${name} comes through a proxy that the instance trusts, and it trusts none on loopback`,
    {
      hint: 'try it on an instance with edge.trusted_proxies = ["127.0.0.1/32"]',
    },
  );
}

function drawBots(
  { flood, defaults }: Profile,
  { sources }: Wishes,
  places: Spread,
  { random, addresses }: Drawing,
): Bot[] {
  const count = sources ?? defaults.sources;
  const headers = flood.headers.map(([weight], index) => [weight, index] as const);
  const address = (): string => addresses.in(one(random, chosen(random, places)));
  const gates = typeof flood.addresses === "number" ? Array.from({ length: flood.addresses }, address) : [];
  return Array.from({ length: count }, (_, at) => ({
    address: gates[at % gates.length] ?? address(),
    headers: chosen(random, headers),
  }));
}

/** Of everybody as many as their share says; who is late and who is among the flood has nothing to do with who they are. */
function drawReaders(
  { flood, readers: story }: Profile,
  among: { floodPlaces: Spread; readerPlaces: Spread; bots: readonly Bot[] },
  { random, addresses, proxy }: Drawing,
): Reader[] {
  const through = proxy === undefined ? {} : { proxy };
  return shuffled(random, apportioned(story.people, story.count)).map(({ client, headers }, index) => {
    const amongFlood = index < story.count * story.amongFlood;
    const network = one(random, chosen(random, amongFlood ? among.floodPlaces : among.readerPlaces));
    const behindGate = amongFlood && typeof flood.addresses === "number";
    const address = behindGate ? one(random, among.bots).address : addresses.in(network);
    const from = { address, country: network.country, network: network.name };
    return Object.assign({ client, headers, amongFlood, late: isEvery(index, story.late) }, from, through);
  });
}

/** Every eighth is at home in the flood's networks, every other one of those behind the very address of one of its sources. */
function drawVisitors(
  { flood, readers, visitors, defaults }: Profile,
  { seconds = defaults.seconds }: Wishes,
  among: { floodPlaces: Spread; readerPlaces: Spread; bots: readonly Bot[] },
  { random, addresses, proxy }: Drawing,
): Visiting {
  if (visitors === undefined) return { people: [], perS: 1 };
  const { perS, plain } = visitors;
  const browsers = readers.people.filter(([, { client }]) => client === "phone" || client === "desktop");
  const people = Array.from({ length: Math.floor((perS * seconds * 2) / 3) }, (_, index) => {
    const amongFlood = index % 8 === 0;
    const isOnItsAddress = index % 16 === 0 && flood.addresses !== "fresh";
    const network = one(random, chosen(random, amongFlood ? among.floodPlaces : among.readerPlaces));
    return {
      address: isOnItsAddress ? one(random, among.bots).address : addresses.in(network),
      headers: chosen(random, browsers).headers,
      amongFlood,
      hasScripts: !isEvery(index, plain),
      ...(proxy !== undefined && { proxy }),
    };
  });
  return { people, perS };
}

/** So many of all, spread evenly. */
function isEvery(index: number, share: number): boolean {
  return Math.floor((index + 1) * share) > Math.floor(index * share);
}

function floodPlan(
  { flood, defaults }: Profile,
  { seed, seconds, rate }: Wishes,
  drawn: Pick<FloodPlan, "bots" | "networks"> & {
    people: readonly Pick<Reader, "address">[];
    proxy: string | undefined;
  },
): FloodPlan {
  const { headersFor, addresses, asks, perConnection, takesNothing, asksNothing, atGates, pulse } = flood;
  return {
    seed,
    seconds: seconds ?? defaults.seconds,
    rate: rate ?? drawn.bots.length * defaults.ratePerSourceS,
    headers: flood.headers.map(([, lines]) => lines),
    headersFor,
    addresses,
    asks,
    perConnection,
    ...(takesNothing !== undefined && { takesNothing }),
    ...(asksNothing !== undefined && { asksNothing }),
    ...(atGates !== undefined && { atGates }),
    ...(pulse !== undefined && { pulse }),
    bots: drawn.bots,
    networks: drawn.networks,
    taken: drawn.people.map(({ address }) => address),
    ...(drawn.proxy !== undefined && { proxy: drawn.proxy }),
  };
}

function networksOf(places: Spread): DrillNetwork[] {
  return places.flatMap(([, networks]) => networks);
}

export function chosen<T>(random: Random, weighted: Weighted<T>): T {
  const whole = weighted.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * whole;
  for (const [weight, thing] of weighted) {
    left -= weight;
    if (left < 0) return thing;
  }
  throw new Error("a profile must offer something to choose from");
}

export function one<T>(random: Random, things: readonly T[]): T {
  const thing = things[below(random, things.length)];
  if (thing === undefined) throw new Error("a profile must have something to choose one of");
  return thing;
}

/** So many, each as often as its weight says, give or take one. */
function apportioned<T>(weighted: Weighted<T>, count: number): T[] {
  const whole = weighted.reduce((sum, [weight]) => sum + weight, 0);
  let passed = 0;
  return weighted.flatMap(([weight, thing]) => {
    const from = Math.round((passed / whole) * count);
    passed += weight;
    return Array.from({ length: Math.round((passed / whole) * count) - from }, () => thing);
  });
}

/** Fisher and Yates. */
function shuffled<T>(random: Random, things: readonly T[]): T[] {
  const all = [...things];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = below(random, last + 1);
    const [left, right] = [all[last], all[other]];
    if (left !== undefined && right !== undefined) [all[last], all[other]] = [right, left];
  }
  return all;
}
