/**
 * An authenticator in software: makes and shows passkeys as a browser with a security key would (WebAuthn level 3, CTAP2),
 * and lies where a test tells it to.
 */
import { base64Url, fromBase64Url, sha256Bytes, utf8 } from "../../src/base/bytes.ts";

export interface Lies {
  readonly challenge?: string;
  /** Of the page that asked. */
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userPresent?: boolean;
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** Another credential's id. */
  readonly id?: string;
  /** A statement of this format, with a chain of certificates. */
  readonly attestation?: string;
  readonly signature?: Uint8Array;
}

export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}

export interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string;
}

const es256 = -7;

export class Authenticator {
  readonly origin: string;
  readonly #keys: CryptoKeyPair;
  readonly #id: Uint8Array<ArrayBuffer>;
  #userHandle = "";
  #counter = 0;

  private constructor(origin: string, keys: CryptoKeyPair) {
    this.origin = origin;
    this.#keys = keys;
    this.#id = crypto.getRandomValues(new Uint8Array(16));
  }

  static async open(origin: string): Promise<Authenticator> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    return new Authenticator(origin, await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]));
  }

  get id(): string {
    return base64Url(this.#id);
  }

  async make(options: CreationOptions, lies: Lies = {}) {
    this.#userHandle = options.user.id;
    const rpId = lies.rpId ?? options.rp.id ?? "";
    const credential = joined(new Uint8Array(16), [0, this.#id.length], this.#id, await this.#publicKey());
    const data = this.#data(rpId, lies, 0x40, credential);
    const statement =
      lies.attestation === undefined ? map() : map([text("x5c"), array(bytes(new Uint8Array(8)))]);
    const attestationObject = map(
      [text("fmt"), text(lies.attestation ?? "none")],
      [text("attStmt"), statement],
      [text("authData"), bytes(data)],
    );
    return {
      ...this.#credential(lies),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", options.challenge, lies),
        attestationObject: base64Url(attestationObject),
        transports: ["internal"],
      },
    };
  }

  async show(options: RequestOptions, lies: Lies = {}) {
    this.#counter += 1;
    const data = this.#data(lies.rpId ?? options.rpId ?? "", lies, 0);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge, lies);
    const signed = joined(data, sha256Bytes(fromBase64Url(clientDataJSON)));
    const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.#keys.privateKey, signed);
    return {
      ...this.#credential(lies),
      response: {
        clientDataJSON,
        authenticatorData: base64Url(data),
        signature: base64Url(lies.signature ?? derSignature(new Uint8Array(raw))),
        userHandle: lies.userHandle ?? this.#userHandle,
      },
    };
  }

  #credential({ id = this.id }: Lies) {
    return { id, rawId: id, type: "public-key" as const };
  }

  #clientData(type: string, challenge: string, lies: Lies): string {
    const { origin = this.origin, crossOrigin = false } = lies;
    const data = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin };
    return base64Url(utf8(JSON.stringify(data)));
  }

  /** WebAuthn, section 6.1. */
  #data(
    rpId: string,
    lies: Lies,
    flags: number,
    rest: Uint8Array = new Uint8Array(),
  ): Uint8Array<ArrayBuffer> {
    const { userPresent = true, userVerified = true, counter = this.#counter } = lies;
    const allFlags = flags | (userPresent ? 0x01 : 0) | (userVerified ? 0x04 : 0);
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter);
    return joined(sha256Bytes(utf8(rpId)), [allFlags], count, rest);
  }

  /** COSE (RFC 9053, section 7.1.1). */
  async #publicKey(): Promise<Uint8Array> {
    const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", this.#keys.publicKey);
    return map(
      [integer(1), integer(2)],
      [integer(3), integer(es256)],
      [integer(-1), integer(1)],
      [integer(-2), bytes(fromBase64Url(x))],
      [integer(-3), bytes(fromBase64Url(y))],
    );
  }
}

type Bytes = Uint8Array | readonly number[];

function joined(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

/** CBOR (RFC 8949): as much of it as attestations need. */
function head(major: number, value: number): number[] {
  if (value < 24) return [(major << 5) | value];
  return value < 256 ? [(major << 5) | 24, value] : [(major << 5) | 25, value >> 8, value & 255];
}

function integer(value: number): Uint8Array {
  return joined(value < 0 ? head(1, -1 - value) : head(0, value));
}

function bytes(value: Uint8Array): Uint8Array {
  return joined(head(2, value.length), value);
}

function text(value: string): Uint8Array {
  return joined(head(3, value.length), utf8(value));
}

function array(...items: readonly Uint8Array[]): Uint8Array {
  return joined(head(4, items.length), ...items);
}

function map(...entries: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array {
  return joined(head(5, entries.length), ...entries.flat());
}

/** WebCrypto gives r and s side by side; WebAuthn wants them in DER. */
function derSignature(raw: Uint8Array): Uint8Array {
  const numbers = [raw.slice(0, 32), raw.slice(32)].map(derInteger);
  const body = joined(...numbers);
  return joined([0x30, body.length], body);
}

function derInteger(value: Uint8Array): Uint8Array {
  const start = value.findIndex((byte) => byte !== 0);
  const short = value.slice(start === -1 ? value.length - 1 : start);
  const positive = (short[0] ?? 0) >= 0x80 ? joined([0], short) : short;
  return joined([0x02, positive.length], positive);
}
