/** The Merkle tree of RFC 6962, section 2: hashing, and what an inclusion or consistency proof has to satisfy. */
import { sameBytes, sha256Bytes } from "../base/bytes.ts";

/** 32 bytes. */
export type Hash = Uint8Array;
export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** A tree's size stays far below what a double counts exactly. */
export const treeSizeMax = 2 ** 40;
/** As many levels as a tree of that size has. */
export const proofLengthMax = 41;

export const emptyRoot: Hash = sha256Bytes();

export function leafHash(entry: Uint8Array): Hash {
  return sha256Bytes(leafPrefix, entry);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256Bytes(nodePrefix, left, right);
}

/** RFC 9162, section 2.1.3.2. `index` counts from 0. */
export function includes(
  root: Hash,
  size: number,
  index: number,
  leaf: Hash,
  proof: readonly Hash[],
): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, ...proof])) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(hash, root);
}

/** True where the tree of `newer` begins with the whole tree of `older`. RFC 9162, section 2.1.4.2. */
export function extendsTree(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (!areHashes(proof)) return false;
  // Every tree begins with the empty one: such a proof would show nothing, so none is taken.
  if (older.size === 0) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  const [first, ...rest] = path;
  return first !== undefined && proof.length > 0 && followsConsistency(older, newer, first, rest);
}

/** The root of a tree that has `size` leaves. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

function followsConsistency(older: TreeHead, newer: TreeHead, first: Hash, rest: readonly Hash[]): boolean {
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [olderHash, newerHash] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      olderHash = nodeHash(sibling, olderHash);
      newerHash = nodeHash(sibling, newerHash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      newerHash = nodeHash(newerHash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(olderHash, older.root) && sameBytes(newerHash, newer.root);
}

export function isSize(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= treeSizeMax;
}

/** Of the right length each, and no more than a leaf and its path can be. */
function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.length <= proofLengthMax + 1 && hashes.every((hash) => hash.length === hashBytes);
}

function isPowerOfTwo(count: number): boolean {
  return 2 ** Math.floor(Math.log2(count)) === count;
}
