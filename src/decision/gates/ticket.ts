/**
 * A ticket says since when somebody waits for something, and nothing else: who has it waited, whatever address it is shown from. Nothing is
 * kept of those who wait (RainCheck: Kung, Lee, Tseng, Hsiao et al., "A Practical System for Guaranteed Access in the Presence of DDoS
 * Attacks and Flash Crowds", ICNP 2015).
 */
import { sha256Bytes, utf8 } from "../../base/bytes.ts";
import { hourMs } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { type GateKeys, skewMs } from "./gate-keys.ts";
import { randomId } from "./random-id.ts";
import { readToken, tokenBytes, writeToken } from "./token.ts";

export type TicketPurpose = "work" | "form" | "sign-in";

export interface Ticket {
  readonly purpose: TicketPurpose;
  readonly issuedMs: number;
  /** What was asked for when it was issued: a proof for less is none. */
  readonly effort: number;
  readonly id: bigint;
  readonly site: string;
}

const kinds: Readonly<Record<TicketPurpose, number>> = { work: 1, form: 2, "sign-in": 3 };

/** Nobody waits for work for so long; who writes a text, a tip or a comment, may take their time. */
export const ticketLifeMs: Readonly<Record<TicketPurpose, number>> = {
  work: hourMs / 4,
  form: 2 * hourMs,
  "sign-in": hourMs / 4,
};

export class Tickets {
  readonly #keys: GateKeys;
  readonly #random: Random;

  constructor(keys: GateKeys, random: Random) {
    this.#keys = keys;
    this.#random = random;
  }

  /** 48 letters. */
  issue({ purpose, site, effort, nowMs }: TicketOrder): string {
    const token = { kind: kinds[purpose], timeMs: nowMs, effort, id: randomId(this.#random) };
    return writeToken(this.#keys, token, site, nowMs);
  }

  /** The same ticket, of the same age and good for one turn with the other, with what is asked for now. */
  raised({ purpose, site, issuedMs, id }: Ticket, effort: number, nowMs: number): string {
    return writeToken(this.#keys, { kind: kinds[purpose], timeMs: issuedMs, effort, id }, site, nowMs);
  }

  /** Undefined: forged, expired, from the future, or for something else. */
  read(text: string, { purpose, site, nowMs }: Omit<TicketOrder, "effort">): Ticket | undefined {
    const token = readToken(this.#keys, text, site, nowMs);
    if (token === undefined || token.kind !== kinds[purpose]) return undefined;
    const { timeMs: issuedMs, effort, id } = token;
    const isGood = issuedMs <= nowMs + skewMs && nowMs < issuedMs + ticketLifeMs[purpose];
    return isGood ? { purpose, issuedMs, effort, id, site } : undefined;
  }
}

export interface TicketOrder {
  readonly purpose: TicketPurpose;
  readonly site: string;
  readonly effort: number;
  readonly nowMs: number;
}

/** What is solved for this very ticket: 32 bytes. Of what can't be a ticket too; that verifies for nobody. */
export function seedOf(text: string): Uint8Array {
  return sha256Bytes(utf8("kasbah-puzzle/1 "), tokenBytes(text) ?? utf8(text));
}
