/**
 * All solutions of one nonce, by Wagner's algorithm as one stream: a new leaf meets the leaves that agree with it, each pair that comes of it meets the
 * pairs, each quartet the quartets. Nothing is sorted; 3.9 MB, taken once.
 */
import type { Challenge } from "./challenge.ts";
import { indexCount, leavesPerSolution, stepBits } from "./puzzle.ts";

const chainCount = 2 ** stepBits;
const chainMask = chainCount - 1;
const none = -1;

/**
 * Of a level. Pairs are 65,535 on average with a standard deviation of 256, quartets as many with some 600: what is beyond is left out, which happens
 * to hardly anybody and costs at most a solution.
 */
const mostNodes = indexCount + 2 ** 13;

/** The nodes of one level of the tree; those that agree are chained. */
class Level {
  #count = 0;
  /** The newest of each chain. */
  readonly #newest = new Int32Array(chainCount);
  /** Four words each, so that a node is in one line of the cache: the one before it in its chain, and three more. */
  readonly #words = new Int32Array(4 * mostNodes);

  clear(): void {
    this.#count = 0;
    this.#newest.fill(none);
  }

  /** Its number, or `none` where the level is full. */
  add(chain: number, rest: number, left: number, right: number): number {
    const node = this.#count;
    if (node === mostNodes) return none;
    const at = 4 * node;
    this.#words[at] = this.#newest[chain] ?? none;
    this.#words[at + 1] = rest;
    this.#words[at + 2] = left;
    this.#words[at + 3] = right;
    this.#newest[chain] = node;
    this.#count = node + 1;
    return node;
  }

  /** The one before it that agrees, or `none`. */
  before(node: number): number {
    return this.#words[4 * node] ?? none;
  }

  /** What is left of its hash. */
  rest(node: number): number {
    return this.#words[4 * node + 1] ?? 0;
  }

  /** What it's made of. */
  left(node: number): number {
    return this.#words[4 * node + 2] ?? 0;
  }

  right(node: number): number {
    return this.#words[4 * node + 3] ?? 0;
  }
}

export class Search {
  /** A leaf's number is its index. Chained by bits 0 to 14; `left` has bits 15 to 29, `rest` bits 30 to 59. */
  readonly #leaves = new Level();
  /** Of two leaves. Chained by bits 15 to 29; `rest` has bits 30 to 59. */
  readonly #pairs = new Level();
  /** Of two pairs. Chained by bits 30 to 44; `rest` has bits 45 to 59. */
  readonly #quartets = new Level();
  #found: number[][] = [];

  /** Each as a nonce and eight indices in canonical order; among themselves in no order. Takes some milliseconds. */
  solutions(challenge: Challenge, nonce: number): Uint16Array[] {
    for (const level of [this.#leaves, this.#pairs, this.#quartets]) level.clear();
    this.#found = [];
    for (let index = 0; index < indexCount; index += 1) {
      challenge.leaf(nonce, index);
      this.#addLeaf(challenge.low, challenge.high);
    }
    return this.#found
      .filter((indices) => new Set(indices).size === leavesPerSolution)
      .map((indices) => Uint16Array.of(nonce, ...indices));
  }

  #addLeaf(low: number, high: number): void {
    const leaves = this.#leaves;
    const middle = low >>> stepBits;
    const leaf = leaves.add(low & chainMask, high, middle, 0);
    for (let other = leaves.before(leaf); other !== none; other = leaves.before(other)) {
      this.#addPair(leaves.left(other) ^ middle, leaves.rest(other) ^ high, other, leaf);
    }
  }

  #addPair(chain: number, rest: number, left: number, right: number): void {
    const pairs = this.#pairs;
    const pair = pairs.add(chain, rest, left, right);
    if (pair === none) return;
    for (let other = pairs.before(pair); other !== none; other = pairs.before(other)) {
      this.#addQuartet(pairs.rest(other) ^ rest, other, pair);
    }
  }

  #addQuartet(high: number, left: number, right: number): void {
    const quartets = this.#quartets;
    const rest = high >>> stepBits;
    const quartet = quartets.add(high & chainMask, rest, left, right);
    if (quartet === none) return;
    for (let other = quartets.before(quartet); other !== none; other = quartets.before(other)) {
      if (quartets.rest(other) === rest) {
        this.#found.push(inOrder(this.#ofQuartet(other), this.#ofQuartet(quartet)));
      }
    }
  }

  #ofQuartet(quartet: number): number[] {
    return inOrder(this.#ofPair(this.#quartets.left(quartet)), this.#ofPair(this.#quartets.right(quartet)));
  }

  #ofPair(pair: number): number[] {
    return [this.#pairs.left(pair), this.#pairs.right(pair)];
  }
}

/** The two sides of a node: the one with the smaller first index is on the left. */
function inOrder(one: number[], other: number[]): number[] {
  return (one[0] ?? 0) < (other[0] ?? 0) ? [...one, ...other] : [...other, ...one];
}
