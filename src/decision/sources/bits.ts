/** Small bit maps in a word: how a map forgets a quarter of itself at a time, and what its count comes to. */
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
