/**
 * Where a request comes from, as numbers that cost nothing to count by. A source is an IPv4 address or an IPv6 /64;
 * around it lie its prefix (/24, /48) and its block (/16, /32). Keys of both families never collide.
 */
/** An address as numbers. IPv4: `high` is 0, `low` the address; IPv6: the upper 64 bits in two unsigned words. */
export interface Source {
  readonly v6: boolean;
  readonly high: number;
  readonly low: number;
}

const firstV6Prefix = 2 ** 24;
const firstV6Block = 2 ** 16;

/** Stands for every block that found no place among those counted apart; 0.0.0.0/16 is nobody's. */
export const elsewhere = 0;

/** Of the /24 or /48. Below 2^53. */
export function prefixKey({ v6, high, low }: Source): number {
  return v6 ? firstV6Prefix + high * 65_536 + (low >>> 16) : low >>> 8;
}

/** Of the /16 or /32. Below 2^33. */
export function blockKey({ v6, high, low }: Source): number {
  return v6 ? firstV6Block + high : low >>> 16;
}

export function blockOfPrefix(prefix: number): number {
  return prefix < firstV6Prefix ? prefix >>> 8 : firstV6Block + Math.floor((prefix - firstV6Prefix) / 65_536);
}

/** `127.10.3.0/24`, `2001:db8:1::/48`. */
export function prefixName(prefix: number): string {
  if (prefix < firstV6Prefix) return `${dotted(prefix * 256)}/24`;
  const words = prefix - firstV6Prefix;
  const high = Math.floor(words / 65_536);
  return `${(high >>> 16).toString(16)}:${(high & 0xffff).toString(16)}:${(words % 65_536).toString(16)}::/48`;
}

/** `127.10.0.0/16`, `2001:db8::/32`; `elsewhere` for what has no block of its own. */
export function blockName(block: number): string {
  if (block === elsewhere) return "elsewhere";
  if (block < firstV6Block) return `${dotted(block * 65_536)}/16`;
  const high = block - firstV6Block;
  return `${(high >>> 16).toString(16)}:${(high & 0xffff).toString(16)}::/32`;
}

function dotted(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
}

/** 32 bits that only who knows `key` can tell from chance. Finaliser: MurmurHash3 (Austin Appleby, public domain). */
export function keyedHash({ v6, high, low }: Source, key: HashKey): number {
  return mix(mix(mix(key.first ^ (v6 ? 1 : 0)) ^ high) ^ low ^ key.second);
}

/** Drawn once a boot, shared by the workers of one edge, never stored. Each word is 32 random bits. */
export interface HashKey {
  readonly first: number;
  readonly second: number;
}

function mix(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
