/** Small bit maps in a word: how many bits are set, and how a map forgets a quarter of itself at a time. */

/** Source: Bit Twiddling Hacks (Sean Eron Anderson, public domain). */
export function bitsSet(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** A mask that clears the last `turns` of four quarters of so many bits each, going round; `turn`: which one is due. */
export function keptQuarters(turns: number, turn: number, quarterBits: number): number {
  let mask = 0xffff_ffff;
  for (let back = 0; back < Math.min(4, turns); back += 1) {
    mask &= ~(((1 << quarterBits) - 1) << (((turn - back) & 3) * quarterBits));
  }
  return mask;
}

/** As far as it matters: 0, 2, 4 or 8. */
export function countClass(count: number): number {
  return count >= 8 ? 8 : count >= 4 ? 4 : count >= 2 ? 2 : 0;
}
