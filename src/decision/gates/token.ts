/**
 * What tickets and passes have in common: 36 bytes that anybody may carry and nobody can make.
 *
 *     kind 1 | epoch 1 | time 6 | effort 4 | id 8 | tag 16        big-endian; written in base64url, 48 letters
 *
 * The tag also covers the site, which isn't written down: where it is another one, the tag is wrong.
 */
import { base64Url, fromBase64Url } from "../../base/bytes.ts";
import { epochAt, epochByte, epochNamed, type GateKeys, tagBytes } from "./gate-keys.ts";

export interface Token {
  /** 0 to 255: what it is good for. */
  readonly kind: number;
  /** Milliseconds since 1970; what it means is the kind's. */
  readonly timeMs: number;
  /** A whole number below 2^32. */
  readonly effort: number;
  /** 64 random bits. */
  readonly id: bigint;
}

const bodyBytes = 20;
/** A multiple of three: every text stands for other bytes. */
const written = /^[\w-]{48}$/;

export function writeToken(keys: GateKeys, token: Token, site: string, nowMs: number): string {
  const epoch = epochAt(nowMs);
  const bytes = new Uint8Array(bodyBytes + tagBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, token.kind);
  view.setUint8(1, epochByte(epoch));
  view.setUint16(2, Math.floor(token.timeMs / 2 ** 32));
  view.setUint32(4, token.timeMs % 2 ** 32);
  view.setUint32(8, token.effort);
  view.setBigUint64(12, token.id);
  bytes.set(keys.mac("token", epoch, bytes.subarray(0, bodyBytes), site), bodyBytes);
  return base64Url(bytes);
}

/** Undefined where it wasn't written with one of the last keys, for this site. Whether it is still good is for the reader to say. */
export function readToken(keys: GateKeys, text: string, site: string, nowMs: number): Token | undefined {
  const bytes = tokenBytes(text);
  const epoch = epochNamed(bytes?.[1], nowMs);
  if (bytes === undefined || epoch === undefined) return undefined;
  const message = bytes.subarray(0, bodyBytes);
  const signed = { message, context: site, tag: bytes.subarray(bodyBytes) };
  if (!keys.verifies("token", epoch, signed)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    kind: view.getUint8(0),
    timeMs: view.getUint16(2) * 2 ** 32 + view.getUint32(4),
    effort: view.getUint32(8),
    id: view.getBigUint64(12),
  };
}

/** Undefined where it can't be a token's text. */
export function tokenBytes(text: string): Uint8Array | undefined {
  return written.test(text) ? fromBase64Url(text) : undefined;
}
