/** How many bits of a word are set (Warren, "Hacker's Delight", section 5-1). `word`: 32 bits, signed or not. */
export function bitsSet(word: number): number {
  let sum = word - ((word >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
