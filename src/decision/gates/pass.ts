/**
 * A pass is a small budget of work, for whoever shows it: bound to a site and a time, not to an address, so that it survives a phone's way
 * from one network to another. What is left of it is counted by its serial (spent.ts).
 */
import { hourMs } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { type GateKeys, skewMs } from "./gate-keys.ts";
import { randomId } from "./random-id.ts";
import { readToken, writeToken } from "./token.ts";

export interface Pass {
  readonly site: string;
  readonly expiresMs: number;
  /** What was proven for it; 0: it was waited for. */
  readonly effort: number;
  readonly serial: bigint;
}

/** A visit: some pages with what belongs to them. */
export const passLifeMs = hourMs / 2;
export const passBudget = 40;

const kind = 16;

export class Passes {
  readonly #keys: GateKeys;
  readonly #random: Random;

  constructor(keys: GateKeys, random: Random) {
    this.#keys = keys;
    this.#random = random;
  }

  /** 48 letters. */
  issue({ site, effort, nowMs }: { site: string; effort: number; nowMs: number }): string {
    const token = { kind, timeMs: nowMs + passLifeMs, effort, id: randomId(this.#random) };
    return writeToken(this.#keys, token, site, nowMs);
  }

  /** Undefined: forged, expired, from the future, or another site's. Says nothing about what is left of it. */
  read(text: string, { site, nowMs }: { site: string; nowMs: number }): Pass | undefined {
    const token = readToken(this.#keys, text, site, nowMs);
    if (token === undefined || token.kind !== kind) return undefined;
    const { timeMs: expiresMs, effort, id: serial } = token;
    const isGood = nowMs < expiresMs && expiresMs <= nowMs + passLifeMs + skewMs;
    return isGood ? { site, expiresMs, effort, serial } : undefined;
  }
}
