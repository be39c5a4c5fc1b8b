/**
 * What authenticators are asked to sign: each challenge once, for five minutes, for one purpose, in the browser that asked
 * for it. They are kept in memory; whoever is between two of these steps at a restart takes the first one again.
 */
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
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

/** Holds all that signInLimits and all open invitations let in while they live: nobody's challenge is ever pushed out by others'. */
export const openChallengesMax = 20_000;
/** At a time, for one account, and for one invitation, which two may follow at once. */
const openOfOneMax = { "add a passkey": 1, enrol: 8 } as const;

export class Challenges {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #open = new Map<string, Challenge>();

  constructor({ clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  get size(): number {
    return this.#open.size;
  }

  open(purpose: Purpose, origin: string): Opened {
    this.#forgetOver();
    if (purpose.kind !== "sign in") this.#forgetOthersOf(purpose);
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
  #forgetOver(): void {
    for (const [digest, { expiresAtMs }] of this.#open) {
      if (expiresAtMs > this.#clock.nowMs() && this.#open.size < openChallengesMax) return;
      this.#open.delete(digest);
    }
  }

  /** The oldest give way. */
  #forgetOthersOf(purpose: HeldPurpose): void {
    const theirs = [...this.#open].filter(
      ([, challenge]) => holderOf(challenge.purpose) === holderOf(purpose),
    );
    const tooMany = theirs.length - openOfOneMax[purpose.kind] + 1;
    for (const [digest] of theirs.slice(0, Math.max(0, tooMany))) this.#open.delete(digest);
  }
}

/** Only a few of these have one. */
type HeldPurpose = Exclude<Purpose, { readonly kind: "sign in" }>;

/** Account or invitation; undefined: anybody's. */
function holderOf(purpose: Purpose): string | undefined {
  if (purpose.kind === "sign in") return undefined;
  return purpose.kind === "enrol" ? purpose.digest : purpose.account;
}

function isFor<K extends Purpose["kind"]>(
  challenge: Challenge,
  kind: K,
): challenge is Challenge & { readonly purpose: Extract<Purpose, { kind: K }> } {
  return challenge.purpose.kind === kind;
}
