/**
 * Texts as 32 bits that only who knows the boot's key can tell from chance: whoever doesn't can't choose two texts that are taken for one
 * another, as they could where a key only seeds a plain hash. HalfSipHash-1-3 (Aumasson and Bernstein 2012; what Linux keys its
 * tables with on 32-bit machines) over UTF-16 code units, little end first.
 */
import type { HashKey } from "../source.ts";

/** After the text: a word with its length, then rounds that only mix. */
const closingRounds = 4;

export function valueHash(text: string, { first, second }: HashKey): number {
  let v0 = first | 0;
  let v1 = second | 0;
  let v2 = first ^ 0x6c796765;
  let v3 = second ^ 0x74656462;
  const { length } = text;
  const pairs = length >> 1;
  for (let round = 0; round < pairs + closingRounds; round += 1) {
    let word = 0;
    if (round < pairs) word = text.charCodeAt(round * 2) | (text.charCodeAt(round * 2 + 1) << 16);
    else if (round === pairs) word = (length << 25) | ((length & 1) === 1 ? text.charCodeAt(length - 1) : 0);
    else if (round === pairs + 1) v2 ^= 0xff;
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}
