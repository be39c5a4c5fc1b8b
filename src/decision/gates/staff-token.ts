/**
 * Says that the studio called the session in a browser's cookie a good one: who has both goes first there. It is a place in a queue and never a
 * permission, so that it may outlive its session; it belongs to that session, that site and a time, and to no address.
 *
 *     ends 8 | tag 16        big-endian, ms since 1970; written in base64url, 32 letters
 *
 * The tag also covers the site and the session's digest, which aren't written down.
 */
import { base64Url, fromBase64Url, sha256 } from "../../base/bytes.ts";
import { type GateKeys, tagBytes } from "./gate-keys.ts";

export interface StaffTokenOrder {
  readonly site: string;
  /** The cookie's value. */
  readonly session: string;
  readonly nowMs: number;
}

const timeBytes = 8;
/** A multiple of three bytes: every text stands for other ones. */
const written = /^[\w-]{32}$/;
/** This key never changes: sessions last for up to a month, and nothing else is made with it. */
const epoch = 0;

export class StaffTokens {
  /** As long as any session lasts. */
  readonly lifeMs: number;
  readonly #keys: GateKeys;

  constructor(keys: GateKeys, lifeMs: number) {
    this.#keys = keys;
    this.lifeMs = lifeMs;
  }

  /** 32 letters. */
  issue(order: StaffTokenOrder): string {
    const bytes = new Uint8Array(timeBytes + tagBytes);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(order.nowMs + this.lifeMs));
    const tag = this.#keys.mac("staff", epoch, bytes.subarray(0, timeBytes), contextOf(order));
    bytes.set(tag, timeBytes);
    return base64Url(bytes);
  }

  /** False: made up, over, or another session's. */
  isGood(text: string, order: StaffTokenOrder): boolean {
    if (!written.test(text)) return false;
    const bytes = fromBase64Url(text);
    const [message, tag] = [bytes.subarray(0, timeBytes), bytes.subarray(timeBytes)];
    if (!this.#keys.verifies("staff", epoch, { message, context: contextOf(order), tag })) return false;
    return Number(new DataView(message.buffer, message.byteOffset).getBigUint64(0)) > order.nowMs;
  }
}

function contextOf({ site, session }: Omit<StaffTokenOrder, "nowMs">): string {
  return `${site} ${sha256(session)}`;
}
