/** Addresses of clients and networks of them, as bytes. An IPv4 address that came mapped into IPv6 is the IPv4 address. */
import ipaddr from "ipaddr.js";

export interface IpAddress {
  /** In network order: 4 of them or 16. */
  readonly bytes: Uint8Array;
  /** Shortest form (RFC 5952). */
  readonly text: string;
}

export interface Network {
  /** With everything beyond `bits` zero. */
  readonly base: IpAddress;
  readonly bits: number;
  /** `192.0.2.0/24`, `2001:db8::/32`. */
  readonly text: string;
}

const mappedBits = 96;

/** Undefined where the text is no address: no zones, no octal, hexadecimal or shortened IPv4. */
export function parseAddress(text: string): IpAddress | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { bytes: v4, text };
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return undefined;
  return fromParsed(ipaddr.process(text));
}

const zero = 48;
const nine = 57;
const dot = 46;

/** Four decimal parts without leading zeros, as Bun writes every peer's address: this is asked for each source of a flood. */
function parseV4(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(4);
  let part = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : dot;
    if (code === dot) {
      const value = part < 4 ? decimalByte(text, start, at) : undefined;
      if (value === undefined) return undefined;
      bytes[part] = value;
      part += 1;
      start = at + 1;
    } else if (code < zero || code > nine) return undefined;
  }
  return part === 4 ? bytes : undefined;
}

/** Of digits only. */
function decimalByte(text: string, start: number, end: number): number | undefined {
  if (end === start || end - start > 3 || (end - start > 1 && text.charCodeAt(start) === zero))
    return undefined;
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + text.charCodeAt(at) - zero;
  return value > 255 ? undefined : value;
}

/** A CIDR or one address; what lies beyond its bits is dropped. Undefined where it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.lastIndexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const full = address.bytes.length * 8;
  if (slash < 0) return network(address, full);
  const digits = text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const mapped = full === 32 && text.includes(":");
  const bits = Number(digits) - (mapped ? mappedBits : 0);
  return bits < 0 || bits > full ? undefined : network(address, bits);
}

export function network(address: IpAddress, bits: number): Network {
  const bytes = masked(address.bytes, bits);
  const base = fromParsed(ipaddr.fromByteArray([...bytes]));
  return { base, bits, text: `${base.text}/${bits}` };
}

/** Whether every address of `inner` is one of `outer`. */
export function containsNetwork(outer: Network, inner: Network): boolean {
  return (
    outer.base.bytes.length === inner.base.bytes.length &&
    outer.bits <= inner.bits &&
    networkKey(outer.base, outer.bits) === networkKey(inner.base, outer.bits)
  );
}

/** The same text for all addresses that share their first `bits` bits, whatever they are; not for reading. */
export function networkKey(address: IpAddress, bits: number): string {
  return String.fromCharCode(...masked(address.bytes, bits));
}

function masked(bytes: Uint8Array, bits: number): Uint8Array {
  return bytes.map((byte, at) => {
    const kept = Math.min(8, Math.max(0, bits - at * 8));
    return byte & (0xff << (8 - kept));
  });
}

function fromParsed(parsed: ipaddr.IPv4 | ipaddr.IPv6): IpAddress {
  return { bytes: Uint8Array.from(parsed.toByteArray()), text: parsed.toString() };
}

/** The first four bytes (IPv4: all) as one unsigned word, then the next four. */
export function words({ bytes }: IpAddress): readonly [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(0), bytes.length === 4 ? 0 : view.getUint32(4)];
}
