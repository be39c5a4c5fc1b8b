/**
 * The keys of the gates: all from one secret, another each epoch, another for each purpose (HKDF-SHA256, RFC 5869). Whoever keeps the secret
 * keeps what was given out good over restarts; what an old epoch's key made ends by itself.
 */
import { CryptoHasher } from "bun";
import { hkdfSync, timingSafeEqual } from "node:crypto";
import { hourMs } from "../../base/clock.ts";
import { Remembered } from "../../base/remembered.ts";

export type KeyPurpose = "token" | "seal" | "appeal" | "staff";

/** Longer than anything signed is good for: what the last epoch's key made is checked with that key. */
export const epochMs = 6 * hourMs;
/** Clocks of edges that share a secret may differ by so much. */
export const skewMs = 5_000;
/** Half of HMAC-SHA256 (RFC 2104, section 5): a guess is right once in 2^128. */
export const tagBytes = 16;

const secretBytes = 32;
const salt = "kasbah-gates/1";
/** Three epochs can be asked for, for each purpose. */
const keysMax = 64;

export class GateKeys {
  readonly #secret: Uint8Array;
  readonly #derived = new Remembered((name: string) => this.#derive(name), keysMax);

  /** `secret`: 32 random bytes. */
  constructor(secret: Uint8Array) {
    if (secret.byteLength !== secretBytes) throw new Error(`a gate's secret has ${secretBytes} bytes`);
    this.#secret = Uint8Array.from(secret);
  }

  /** HMAC-SHA256, its first 16 bytes, of the message and of the text behind it. */
  mac(purpose: KeyPurpose, epoch: number, message: Uint8Array, context: string): Uint8Array {
    const mac = new CryptoHasher("sha256", this.keyFor(purpose, epoch));
    return mac.update(message).update(context).digest().subarray(0, tagBytes);
  }

  /** In a time that says nothing about where a wrong tag differs. */
  verifies(
    purpose: KeyPurpose,
    epoch: number,
    {
      message,
      context,
      tag,
    }: { readonly message: Uint8Array; readonly context: string; readonly tag: Uint8Array },
  ): boolean {
    return tag.byteLength === tagBytes && timingSafeEqual(this.mac(purpose, epoch, message, context), tag);
  }

  /** 32 bytes. */
  keyFor(purpose: KeyPurpose, epoch: number): Uint8Array {
    return this.#derived.of(nameOf(purpose, epoch));
  }

  #derive(name: string): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", this.#secret, salt, name, secretBytes));
  }
}

export function epochAt(nowMs: number): number {
  return Math.floor(nowMs / epochMs);
}

/** What is signed says the last byte of its epoch; undefined where that is not an epoch whose key may still verify. */
export function epochNamed(byte: number | undefined, nowMs: number): number | undefined {
  const epochs = [epochAt(nowMs), epochAt(nowMs) - 1, epochAt(nowMs + skewMs)];
  return epochs.find((epoch) => epochByte(epoch) === byte);
}

export function epochByte(epoch: number): number {
  return epoch % 256;
}

function nameOf(purpose: KeyPurpose, epoch: number): string {
  return `${purpose}/${epoch}`;
}
