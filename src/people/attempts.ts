/**
 * How much may be tried by people who aren't signed in: each network its share, all together what the newsroom can carry. Who has used up their
 * own share takes nothing from the others'. Networks are remembered in memory alone, for as long as others don't push them out.
 */
import type { Clock } from "../base/clock.ts";
import { RecentHalves } from "../base/recent-halves.ts";
import { parseAddress } from "../decision/address.ts";
import { sourceOf } from "../decision/admission.ts";
import { type Bucket, type BucketLimits, fullBucket, retryAfterS, takeToken } from "../decision/bucket.ts";
import { prefixKey } from "../decision/source.ts";

export interface AttemptLimits {
  /** Of one /24 or /48. */
  readonly ofOne: BucketLimits;
  readonly ofAll: BucketLimits;
}

/** Asking for a challenge. One: a whole newsroom behind one address, in the morning. All: more than the edge lets through (src/edge/sign-in/), so that what it sends on is never too much here. */
export const signInLimits: AttemptLimits = {
  ofOne: { rate: 1, burst: 60 },
  ofAll: { rate: 50, burst: 1_000 },
};
/** Links that let nobody in. One whose link has run out tries it a few times. */
export const guessLimits: AttemptLimits = {
  ofOne: { rate: 1 / 30, burst: 10 },
  ofAll: { rate: 5, burst: 100 },
};

/** A network that is forgotten has its whole share again, of what all have. */
const networksMax = 8_192;
/** Of whoever is on this machine, and asks the studio itself. */
const thisMachine = -1;

export class Attempts {
  readonly #limits: AttemptLimits;
  readonly #clock: Clock;
  readonly #all: Bucket;
  readonly #networks = new RecentHalves<number, Bucket>(networksMax);

  constructor(limits: AttemptLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#all = fullBucket(limits.ofAll, clock.nowMs());
  }

  /** Seconds to wait, where there were too many; takes one attempt otherwise. */
  waitS(request: Request): number | undefined {
    const { ofOne, ofAll } = this.#limits;
    const nowMs = this.#clock.nowMs();
    const own = this.#bucketOf(networkOf(request), nowMs);
    if (!takeToken(own, ofOne, nowMs)) return retryAfterS(own, ofOne);
    return takeToken(this.#all, ofAll, nowMs) ? undefined : retryAfterS(this.#all, ofAll);
  }

  #bucketOf(network: number, nowMs: number): Bucket {
    const known = this.#networks.get(network);
    if (known !== undefined) return known;
    const bucket = fullBucket(this.#limits.ofOne, nowMs);
    this.#networks.set(network, bucket);
    return bucket;
  }
}

/**
 * As the edge says (src/edge/lane/request-head.ts), which takes out what a client said under that name. A program on this machine may say what it
 * likes, and has the same share of what all have; nothing else rests on it.
 */
function networkOf({ headers }: Request): number {
  const address = parseAddress(headers.get("x-real-ip") ?? "");
  return address === undefined ? thisMachine : prefixKey(sourceOf(address));
}
