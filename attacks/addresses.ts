/** Addresses of a drill: from blocks of loopback, or from the block for documentation behind a proxy; nobody has the same as anybody else. */
import { below, type Random } from "../src/base/random.ts";
import type { Place } from "./profile.ts";

/** A whole /16 of loopback, or 2001:db8::/32, and where it is said to be. */
export interface DrillNetwork {
  readonly network: string;
  readonly country: string;
  readonly asn: number;
  readonly name: string;
}

/** Blocks that are drawn, second octets: away from 127.0/16 and from what other tools use by habit. */
const drawn = { from: 64, to: 223 } as const;

export class NetworkDraw {
  readonly #random: Random;
  readonly #known: readonly DrillNetwork[];
  readonly #taken: Set<string>;

  constructor(random: Random, known: readonly DrillNetwork[]) {
    this.#random = random;
    this.#known = known;
    this.#taken = new Set(known.map(({ network }) => network));
  }

  /** What is known of that country, or else blocks that nobody has claimed. */
  networks({ blocks, ...place }: Place): readonly [DrillNetwork, ...DrillNetwork[]] {
    if (typeof blocks === "string") return [{ network: blocks, ...place }];
    const isHere = ({ network, country }: DrillNetwork): boolean =>
      country === place.country && !network.includes(":");
    const [first, ...others] = this.#known.filter(isHere).slice(0, blocks);
    if (first !== undefined) return [first, ...others];
    const draw = (): DrillNetwork => ({ network: this.#block(), ...place });
    return [draw(), ...Array.from({ length: blocks - 1 }, draw)];
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

/** Beyond so many it no longer looks whether one was drawn before: of the 65,000 in a block too few would be left. */
const rememberedMax = 100_000;
const triesMax = 100;

export class AddressDraw {
  readonly #random: Random;
  readonly #taken: Set<string>;

  constructor(random: Random, taken: readonly string[] = []) {
    this.#random = random;
    this.#taken = new Set(taken);
  }

  in({ network }: DrillNetwork): string {
    const any = network.includes(":") ? () => this.#v6() : () => this.#v4(network);
    let address = any();
    for (let tried = 1; tried < triesMax && this.#taken.has(address); tried += 1) address = any();
    if (this.#taken.size < rememberedMax) this.#taken.add(address);
    return address;
  }

  #v4(network: string): string {
    const [first, second] = network.split(".");
    return `${first}.${second}.${below(this.#random, 256)}.${1 + below(this.#random, 254)}`;
  }

  /** A /64 of its own among 2^32, as a provider hands them out. */
  #v6(): string {
    const word = (): string => (1 + below(this.#random, 0xffff)).toString(16);
    return `2001:db8:${word()}:${word()}::${word()}`;
  }
}
