/**
 * Whether a proof is one: at most 384 hashes and 4 kB of tables, nothing allocated, whatever the proof. What is malformed costs less than what is
 * wrong, and that less than what is right: form first, then the tables, then one solution after the other.
 */
import { Challenge } from "./challenge.ts";
import {
  isEffort,
  leavesPerSolution,
  lotLimit,
  seedBytes,
  solutionBytes,
  solutionsOf,
  stepBits,
} from "./puzzle.ts";

/** Scratch: verifying is one synchronous step. */
const challenge = new Challenge();
const solution = new Uint16Array(1 + leavesPerSolution);
const lows = new Int32Array(leavesPerSolution);
const highs = new Int32Array(leavesPerSolution);

/** False as well where the seed isn't 32 bytes or the effort isn't one. Never throws. */
export function verify(seed: Uint8Array, effort: number, proof: Uint8Array): boolean {
  if (seed.length !== seedBytes || !isEffort(effort)) return false;
  if (proof.length !== solutionsOf(effort) * solutionBytes || !isWellFormed(proof)) return false;
  challenge.take(seed, effort);
  const limit = lotLimit(effort);
  for (let at = 0; at < proof.length; at += solutionBytes) {
    read(proof, at);
    if (!isSolved() || challenge.lot(solution) >= limit) return false;
  }
  return true;
}

function read(proof: Uint8Array, at: number): void {
  for (let field = 0; field < solution.length; field += 1) {
    solution[field] = ((proof[at + 2 * field] ?? 0) << 8) | (proof[at + 2 * field + 1] ?? 0);
  }
}

function isWellFormed(proof: Uint8Array): boolean {
  for (let at = 0; at < proof.length; at += solutionBytes) {
    if (at > 0 && !isAscending(proof, at)) return false;
    read(proof, at);
    if (!isCanonical() || !isDistinct()) return false;
  }
  return true;
}

/** After the solution before it, so that none counts twice. */
function isAscending(proof: Uint8Array, at: number): boolean {
  for (let next = at; next < at + solutionBytes; next += 1) {
    const step = (proof[next] ?? 0) - (proof[next - solutionBytes] ?? 0);
    if (step !== 0) return step > 0;
  }
  return false;
}

/** At each node the smaller first index is on the left. Index i stands in field i + 1. */
function isCanonical(): boolean {
  return (
    isBefore(1, 2) &&
    isBefore(3, 4) &&
    isBefore(5, 6) &&
    isBefore(7, 8) &&
    isBefore(1, 3) &&
    isBefore(5, 7) &&
    isBefore(1, 5)
  );
}

function isBefore(left: number, right: number): boolean {
  return (solution[left] ?? 0) < (solution[right] ?? 0);
}

/** Hashes that are the same XOR to zero by themselves. */
function isDistinct(): boolean {
  for (let left = 1; left < leavesPerSolution; left += 1) {
    for (let right = left + 1; right <= leavesPerSolution; right += 1) {
      if (solution[left] === solution[right]) return false;
    }
  }
  return true;
}

/** Leaves in the order of the tree; each node is looked at as soon as it is whole. */
function isSolved(): boolean {
  for (let leaf = 0; leaf < leavesPerSolution; leaf += 1) {
    challenge.leaf(solution[0] ?? 0, solution[leaf + 1] ?? 0);
    lows[leaf] = challenge.low;
    highs[leaf] = challenge.high;
    if (leaf % 2 === 1 && !isZero(lows, leaf - 1, 2, stepBits)) return false;
    if (leaf % 4 === 3 && !isZero(lows, leaf - 3, 4, 2 * stepBits)) return false;
  }
  return isZero(highs, 0, leavesPerSolution, 2 * stepBits);
}

/** Whether the lowest `bits` of so many words XOR to zero. */
function isZero(words: Int32Array, from: number, count: number, bits: number): boolean {
  let sum = 0;
  for (let at = from; at < from + count; at += 1) sum ^= words[at] ?? 0;
  return (sum & (2 ** bits - 1)) === 0;
}
