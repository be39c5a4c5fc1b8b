/**
 * What authenticators are asked to sign: each challenge once, for five minutes, for one purpose, in the browser that asked
 * for it. They are kept in memory; whoever is between two of these steps at a restart takes the first one again.
 */
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { type Bucket, fullBucket, retryAfterS, takeToken } from "../decision/bucket.ts";
import { newToken, tokenDigest } from "./token.ts";

/** What a signature over it is good for. */
export type Purpose =
  | { readonly kind: "sign in" }
  /** `digest`: of the invitation's token. */
  | { readonly kind: "enrol"; readonly digest: string; readonly userHandle: string }
  | { readonly kind: "add a passkey"; readonly account: string; readonly userHandle: string };

export interface Challenge {
  /** base64url. */
  readonly challenge: string;
  readonly purpose: Purpose;
  /** Under which it was asked for. */
  readonly origin: string;
  readonly expiresAtMs: number;
}

export interface Opened extends Challenge {
  /** For a cookie of the browser that asked. */
  readonly token: string;
}

export const challengeMs = 5 * 60_000;

/** Far more than any newsroom signs in; a flood of attempts gets no further than this. */
export const attemptLimits = { rate: 5, burst: 100 } as const;
/** Holds all that the rate lets in while they live, so that nobody's challenge is ever pushed out by others'. */
export const openChallengesMax = 2_048;

export class Challenges {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #open = new Map<string, Challenge>();
  readonly #bucket: Bucket;

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#random = random;
    this.#bucket = fullBucket(attemptLimits, clock.nowMs());
  }

  get size(): number {
    return this.#open.size;
  }

  /** Seconds to wait where there were too many attempts by people who aren't signed in; takes one attempt otherwise. */
  waitS(): number | undefined {
    if (takeToken(this.#bucket, attemptLimits, this.#clock.nowMs())) return undefined;
    return retryAfterS(this.#bucket, attemptLimits);
  }

  /** One at a time for somebody who is signed in. */
  open(purpose: Purpose, origin: string): Opened {
    this.#forget(purpose);
    const token = newToken(this.#random);
    const expiresAtMs = this.#clock.nowMs() + challengeMs;
    const challenge = { challenge: newToken(this.#random), purpose, origin, expiresAtMs };
    this.#open.set(tokenDigest(token), challenge);
    return { ...challenge, token };
  }

  /** Once. Undefined where that browser has none for this kind of purpose. */
  take<K extends Purpose["kind"]>(
    token: string,
    kind: K,
  ): (Challenge & { readonly purpose: Extract<Purpose, { kind: K }> }) | undefined {
    const digest = tokenDigest(token);
    const found = this.#open.get(digest);
    this.#open.delete(digest);
    if (found === undefined || found.expiresAtMs <= this.#clock.nowMs() || !isFor(found, kind))
      return undefined;
    return found;
  }

  /** Oldest first, which expire first. */
  #forget(purpose: Purpose): void {
    for (const [digest, { expiresAtMs, purpose: other }] of this.#open) {
      const isOver = expiresAtMs <= this.#clock.nowMs();
      const isReplaced =
        purpose.kind === "add a passkey" && other.kind === purpose.kind && other.account === purpose.account;
      if (isOver || isReplaced || this.#open.size >= openChallengesMax) this.#open.delete(digest);
    }
  }
}

function isFor<K extends Purpose["kind"]>(
  challenge: Challenge,
  kind: K,
): challenge is Challenge & { readonly purpose: Extract<Purpose, { kind: K }> } {
  return challenge.purpose.kind === kind;
}
