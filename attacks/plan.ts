/** What a seed makes of a profile: every address, header and page of one drill. The same seed draws the same drill. */
import { below, type Random, seededRandom } from "../src/base/random.ts";
import type { HeaderLines, Place, Profile, Weighted } from "./profile.ts";

/** A whole /16 of loopback, and where it is said to be. */
export interface DrillNetwork {
  readonly network: string;
  readonly country: string;
  readonly asn: number;
  readonly name: string;
}

export interface Bot {
  readonly address: string;
  /** Index into `Plan.floodHeaders`. */
  readonly headers: number;
}

export interface Reader {
  readonly address: string;
  readonly headers: HeaderLines;
  readonly amongFlood: boolean;
}

export interface Plan {
  readonly profile: string;
  readonly seed: number;
  readonly seconds: number;
  /** Requests a second, all sources together; 0: as fast as it goes. */
  readonly rate: number;
  readonly networks: readonly DrillNetwork[];
  readonly floodHeaders: readonly HeaderLines[];
  readonly bots: readonly Bot[];
  /** Share of the flood's requests that go to the front page. */
  readonly frontShare: number;
  readonly perConnection: readonly [number, number];
  readonly readers: readonly Reader[];
  readonly thinkMs: number;
}

export interface Wishes {
  readonly seed: number;
  readonly sources?: number | undefined;
  readonly seconds?: number | undefined;
  readonly rate?: number | undefined;
  /** Loopback networks whose place the edge knows (geo.overrides): used for that country before others are drawn. */
  readonly known: readonly DrillNetwork[];
}

/** Blocks that are drawn, second octets: away from 127.0/16 and from what other tools use by habit. */
const drawn = { from: 64, to: 223 } as const;

export function drawPlan(profile: Profile, { seed, sources, seconds, rate, known }: Wishes): Plan {
  const random = seededRandom(seed);
  const count = sources ?? profile.defaults.sources;
  const draw = new NetworkDraw(random, known);
  const floodPlaces = profile.flood.places.map(([weight, place]) => [weight, draw.networks(place)] as const);
  const readerPlaces = profile.readers.places.map(
    ([weight, place]) => [weight, draw.networks(place)] as const,
  );
  const addresses = new AddressDraw(random);
  const headers = profile.flood.headers.map(([weight], index) => [weight, index] as const);
  return {
    profile: profile.name,
    seed,
    seconds: seconds ?? profile.defaults.seconds,
    rate: rate ?? count * profile.defaults.ratePerSourceS,
    networks: [...floodPlaces, ...readerPlaces].flatMap(([, networks]) => networks),
    floodHeaders: profile.flood.headers.map(([, lines]) => lines),
    bots: Array.from({ length: count }, () => ({
      address: addresses.in(one(random, chosen(random, floodPlaces))),
      headers: chosen(random, headers),
    })),
    frontShare: shareOf(profile.flood.pages, "front"),
    perConnection: profile.flood.perConnection,
    readers: Array.from({ length: profile.readers.count }, (_, index) => {
      const amongFlood = index < profile.readers.count * profile.readers.amongFlood;
      const places = amongFlood ? floodPlaces : readerPlaces;
      return {
        address: addresses.in(one(random, chosen(random, places))),
        headers: chosen(random, profile.readers.headers),
        amongFlood,
      };
    }),
    thinkMs: profile.readers.thinkMs,
  };
}

class NetworkDraw {
  readonly #random: Random;
  readonly #known: readonly DrillNetwork[];
  readonly #taken: Set<string>;

  constructor(random: Random, known: readonly DrillNetwork[]) {
    this.#random = random;
    this.#known = known;
    this.#taken = new Set(known.map(({ network }) => network));
  }

  /** What is known of that country, or else blocks that nobody has claimed. */
  networks({ blocks, ...place }: Place): DrillNetwork[] {
    const known = this.#known.filter(({ country }) => country === place.country).slice(0, blocks);
    if (known.length > 0) return known;
    return Array.from({ length: blocks }, () => ({ network: this.#block(), ...place }));
  }

  #block(): string {
    for (;;) {
      const network = `127.${drawn.from + below(this.#random, drawn.to - drawn.from + 1)}.0.0/16`;
      if (this.#taken.has(network)) continue;
      this.#taken.add(network);
      return network;
    }
  }
}

/** Addresses that are nobody else's in this drill. */
class AddressDraw {
  readonly #random: Random;
  readonly #taken = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  in({ network }: DrillNetwork): string {
    const [first, second] = network.split(".");
    for (;;) {
      const address = `${first}.${second}.${below(this.#random, 256)}.${1 + below(this.#random, 254)}`;
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return address;
    }
  }
}

function chosen<T>(random: Random, weighted: Weighted<T>): T {
  const whole = weighted.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * whole;
  for (const [weight, thing] of weighted) {
    left -= weight;
    if (left < 0) return thing;
  }
  throw new Error("a profile must offer something to choose from");
}

function one<T>(random: Random, things: readonly T[]): T {
  const thing = things[below(random, things.length)];
  if (thing === undefined) throw new Error("a profile's place must have a block");
  return thing;
}

function shareOf<T>(weighted: Weighted<T>, wanted: T): number {
  const whole = weighted.reduce((sum, [weight]) => sum + weight, 0);
  return weighted.reduce((sum, [weight, thing]) => (thing === wanted ? sum + weight : sum), 0) / whole;
}
