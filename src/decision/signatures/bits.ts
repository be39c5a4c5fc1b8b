/** Sets of rows as bits: what a term matches in a table, one bit a row. */
import { bitsSet } from "../../base/bits-set.ts";

export type Bits = Uint32Array;

export function noBits(rows: number): Bits {
  return new Uint32Array((rows + 31) >>> 5);
}

export function allBits(rows: number): Bits {
  const bits = noBits(rows).fill(0xffff_ffff);
  if ((rows & 31) !== 0) bits[bits.length - 1] = (1 << (rows & 31)) - 1;
  return bits;
}

export function setBit(bits: Bits, row: number): void {
  bits[row >>> 5] = (bits[row >>> 5] ?? 0) | (1 << (row & 31));
}

export function both(left: Bits, right: Bits): Bits {
  const result = new Uint32Array(left.length);
  for (let at = 0; at < left.length; at += 1) result[at] = (left[at] ?? 0) & (right[at] ?? 0);
  return result;
}

export function without(left: Bits, right: Bits): Bits {
  const result = new Uint32Array(left.length);
  for (let at = 0; at < left.length; at += 1) result[at] = (left[at] ?? 0) & ~(right[at] ?? 0);
  return result;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) count += bitsSet(bits[at] ?? 0);
  return count;
}

export function countBoth(left: Bits, right: Bits): number {
  let count = 0;
  for (let at = 0; at < left.length; at += 1) count += bitsSet((left[at] ?? 0) & (right[at] ?? 0));
  return count;
}

/** Of both, weighed by row. */
export function sumBoth(left: Bits, right: Bits, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) {
    for (let rest = (left[at] ?? 0) & (right[at] ?? 0); rest !== 0; rest &= rest - 1) {
      sum += weights[at * 32 + lowest(rest)] ?? 0;
    }
  }
  return sum;
}

export function forEachBit(bits: Bits, visit: (row: number) => void): void {
  for (let at = 0; at < bits.length; at += 1) {
    for (let rest = bits[at] ?? 0; rest !== 0; rest &= rest - 1) visit(at * 32 + lowest(rest));
  }
}

function lowest(word: number): number {
  return 31 - Math.clz32(word & -word);
}
