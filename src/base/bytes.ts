/** Bytes and their names: SHA-256, hex, base64, text. */
import { createHash } from "node:crypto";

/** A SHA-256 in lower-case hexadecimal: 64 digits. */
export type Sha256 = string & { readonly __brand: "Sha256" };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export function sha256(data: Uint8Array | string): Sha256 {
  return createHash("sha256").update(data).digest("hex") as Sha256;
}

/** The same as raw bytes (32 of them). */
export function sha256Bytes(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** True of 64 lower-case hexadecimal digits and of nothing else. */
export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Throws TypeError where the bytes are not UTF-8. */
export function fromUtf8(data: Uint8Array): string {
  return decoder.decode(data);
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
}

export function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "hex"));
}

export function base64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

/** Without padding (RFC 4648, section 5). */
export function base64Url(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64url");
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && left.every((byte, at) => byte === right[at]);
}
