/**
 * A form that was sent while there wasn't enough for all: given back with the challenge, closed, and sent on once that is answered. Nothing
 * is kept of it here, and nobody can make, change or open one, or use it at another address.
 *
 *     epoch 1 | nonce 12 | AES-256-GCM of: time 6, length of the type 2, type, body | tag 16        base64url
 *
 * The tag also covers site, method and target. The first 8 bytes of the nonce are its id: whoever lets it through spends that (spent.ts),
 * so that it goes through once.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { base64Url, fromBase64Url, utf8 } from "../../base/bytes.ts";
import type { Random } from "../../base/random.ts";
import { type GateKeys, epochAt, epochByte, epochNamed, skewMs, tagBytes } from "./gate-keys.ts";
import { spentLifeMaxMs } from "./spent.ts";

/** Where it was sent; that it comes back to the same is for the tag to say. */
export interface Addressed {
  readonly site: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
}

export interface Posted {
  /** The media type, with its parameters. */
  readonly type: string;
  readonly body: Uint8Array;
}

export interface Unsealed extends Posted {
  readonly id: bigint;
  readonly sealedMs: number;
}

/** More is for uploads, which are asked to come back instead. */
export const sealedBodyBytesMax = 64 * 1024;
/** Nobody has to hurry; as long as it can be counted that it went through. */
export const sealLifeMs = spentLifeMaxMs;

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const headBytes = 1 + nonceBytes;
const timeBytes = 6;
const typeLengthBytes = 2;
const typeBytesMax = 256;
const overheadBytes = headBytes + timeBytes + typeLengthBytes + typeBytesMax + tagBytes;
const textMax = Math.ceil(((sealedBodyBytesMax + overheadBytes) * 4) / 3);

/** Undefined where it is too large. */
export function seal(
  { keys, random }: { readonly keys: GateKeys; readonly random: Random },
  { type, body, ...addressed }: Posted & Addressed,
  nowMs: number,
): string | undefined {
  const typeBytes = utf8(type);
  if (body.byteLength > sealedBodyBytesMax || typeBytes.byteLength > typeBytesMax) return undefined;
  const epoch = epochAt(nowMs);
  const nonce = random.bytes(nonceBytes);
  const start = Buffer.alloc(timeBytes + typeLengthBytes);
  start.writeUIntBE(nowMs, 0, timeBytes);
  start.writeUInt16BE(typeBytes.byteLength, timeBytes);
  const sealing = createCipheriv(cipher, keys.keyFor("seal", epoch), nonce).setAAD(contextOf(addressed));
  const closed = [start, typeBytes, body].map((part) => sealing.update(part));
  const parts = [Buffer.of(epochByte(epoch)), nonce, ...closed, sealing.final(), sealing.getAuthTag()];
  return base64Url(Buffer.concat(parts));
}

/** Undefined: not sealed by us, changed, too old, or for another address. Whether it went through before is for its id to say. */
export function unseal(
  keys: GateKeys,
  text: string,
  { nowMs, ...addressed }: Addressed & { readonly nowMs: number },
): Unsealed | undefined {
  if (text.length > textMax || !/^[\w-]+$/.test(text)) return undefined;
  const bytes = fromBase64Url(text);
  const epoch = epochNamed(bytes[0], nowMs);
  if (epoch === undefined || bytes.byteLength < headBytes + tagBytes) return undefined;
  const open = opened(keys.keyFor("seal", epoch), bytes, contextOf(addressed));
  if (open === undefined) return undefined;
  const sealedMs = open.readUIntBE(0, timeBytes);
  const isGood = sealedMs <= nowMs + skewMs && nowMs < sealedMs + sealLifeMs;
  const typeEnd = timeBytes + typeLengthBytes + open.readUInt16BE(timeBytes);
  return isGood
    ? {
        type: open.toString("utf8", timeBytes + typeLengthBytes, typeEnd),
        body: new Uint8Array(open.subarray(typeEnd)),
        id: new DataView(bytes.buffer).getBigUint64(1),
        sealedMs,
      }
    : undefined;
}

function opened(key: Uint8Array, bytes: Uint8Array, context: Uint8Array): Buffer | undefined {
  const opening = createDecipheriv(cipher, key, bytes.subarray(1, headBytes), { authTagLength: tagBytes });
  opening.setAAD(context).setAuthTag(bytes.subarray(-tagBytes));
  const open = opening.update(bytes.subarray(headBytes, -tagBytes));
  try {
    opening.final();
    return open;
  } catch {
    // The tag is wrong: the one way in which this ends for what we didn't make.
    return undefined;
  }
}

function contextOf({ site, method, target }: Addressed): Uint8Array {
  return utf8(JSON.stringify([site, method, target]));
}
