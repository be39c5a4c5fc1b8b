/** Ed25519 keys (RFC 8032) and their names in TUF's metadata. Seeds come from outside: nothing here draws randomness. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { Key } from "@tufjs/models";
import { fromHex, hex, sha256 } from "../base/bytes.ts";
import { canonical } from "./canonical.ts";

export const seedBytes = 32;
export const publicKeyBytes = 32;

/** What DER puts before a raw private and public key (RFC 8410). */
const privatePrefix = fromHex("302e020100300506032b657004220420");
const publicPrefix = fromHex("302a300506032b6570032100");

export interface SigningKey {
  /** TUF's: the SHA-256 of the public key in canonical form. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  sign(data: Uint8Array): Uint8Array;
}

export function signingKey(seed: Uint8Array): SigningKey {
  if (seed.length !== seedBytes) throw new Error(`a key's seed has ${seedBytes} bytes, not ${seed.length}`);
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
  const publicKey = rawPublicKey(key);
  return { id: keyId(publicKey), publicKey, sign: (data) => new Uint8Array(sign(null, data, key)) };
}

export function isSignedBy(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  if (!isSoundPublicKey(publicKey)) return false;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: "der", type: "spki" });
  return verify(null, data, key, signature);
}

/** SHA-256 of the key's canonical form (TUF 1.0, section 4.2). */
export function keyId(publicKey: Uint8Array): string {
  return sha256(canonical(tufKeyFields(publicKey)));
}

export function tufKey(publicKey: Uint8Array): Key {
  return Key.fromJSON(keyId(publicKey), tufKeyFields(publicKey));
}

function tufKeyFields(publicKey: Uint8Array): {
  keytype: string;
  scheme: string;
  keyval: { public: string };
} {
  return { keytype: "ed25519", scheme: "ed25519", keyval: { public: hex(publicKey) } };
}

function rawPublicKey(key: KeyObject): Uint8Array {
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(publicPrefix.length));
}

const fieldPrime = 2n ** 255n - 19n;
const orderEight = BigInt("0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7");
/** The y of every point whose order divides 8: who signs with such a "key" needs no secret. */
const weakPoints = new Set([0n, 1n, fieldPrime - 1n, orderEight, fieldPrime - orderEight]);

/** False of keys for which anybody can sign, and of second spellings of the same key. */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes) return false;
  const y = BigInt(`0x${hex(Uint8Array.from(publicKey).reverse())}`) & (2n ** 255n - 1n);
  return y < fieldPrime && !weakPoints.has(y);
}
