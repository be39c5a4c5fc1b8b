/**
 * All solutions of one nonce, by Wagner's algorithm, level after level: leaves, pairs, quartets, roots. Nothing is sorted: what agrees is chained.
 * Not leaf after leaf, which needs fewer lines: a processor works on many nodes of a level while it waits for memory, and is four times as fast. 3.9 MB.
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

/** The nodes of one level of the tree. Once linked, those that agree are chained. */
class Level {
  count = 0;
  /** The newest of each chain. */
  readonly #newest = new Int32Array(chainCount);
  /**
   * Four words each, so that a node is in one line of the cache: which chain it belongs to, or once linked the node before it there; what is left of
   * its hash; what it's made of.
   */
  readonly #words = new Int32Array(4 * mostNodes);

  clear(): void {
    this.count = 0;
    this.#newest.fill(none);
  }

  /** What is one too many is left out. */
  add(chain: number, rest: number, left: number, right: number): void {
    if (this.count === mostNodes) return;
    const at = 4 * this.count;
    this.#words[at] = chain;
    this.#words[at + 1] = rest;
    this.#words[at + 2] = left;
    this.#words[at + 3] = right;
    this.count += 1;
  }

  /** The one before it that agrees, or `none`. */
  link(node: number): number {
    const chain = this.before(node);
    const before = this.#newest[chain] ?? none;
    this.#words[4 * node] = before;
    this.#newest[chain] = node;
    return before;
  }

  before(node: number): number {
    return this.#words[4 * node] ?? none;
  }

  rest(node: number): number {
    return this.#words[4 * node + 1] ?? 0;
  }

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

  /** Each as a nonce and eight indices in canonical order; among themselves in no order. Takes some milliseconds. */
  solutions(challenge: Challenge, nonce: number): Uint16Array[] {
    for (const level of [this.#leaves, this.#pairs, this.#quartets]) level.clear();
    this.#hashLeaves(challenge, nonce);
    this.#findPairs();
    this.#findQuartets();
    return this.#findRoots()
      .filter((indices) => new Set(indices).size === leavesPerSolution)
      .map((indices) => Uint16Array.of(nonce, ...indices));
  }

  #hashLeaves(challenge: Challenge, nonce: number): void {
    for (let index = 0; index < indexCount; index += 1) {
      challenge.leaf(nonce, index);
      const { low, high } = challenge;
      this.#leaves.add(low & chainMask, high, low >>> stepBits, 0);
    }
  }

  #findPairs(): void {
    const leaves = this.#leaves;
    for (let leaf = 0; leaf < indexCount; leaf += 1) {
      const middle = leaves.left(leaf);
      const rest = leaves.rest(leaf);
      for (let other = leaves.link(leaf); other !== none; other = leaves.before(other)) {
        this.#pairs.add(leaves.left(other) ^ middle, leaves.rest(other) ^ rest, other, leaf);
      }
    }
  }

  #findQuartets(): void {
    const pairs = this.#pairs;
    for (let pair = 0; pair < pairs.count; pair += 1) {
      const rest = pairs.rest(pair);
      for (let other = pairs.link(pair); other !== none; other = pairs.before(other)) {
        const high = pairs.rest(other) ^ rest;
        this.#quartets.add(high & chainMask, high >>> stepBits, other, pair);
      }
    }
  }

  #findRoots(): number[][] {
    const quartets = this.#quartets;
    const roots: number[][] = [];
    for (let quartet = 0; quartet < quartets.count; quartet += 1) {
      const rest = quartets.rest(quartet);
      for (let other = quartets.link(quartet); other !== none; other = quartets.before(other)) {
        if (quartets.rest(other) === rest)
          roots.push(inOrder(this.#ofQuartet(other), this.#ofQuartet(quartet)));
      }
    }
    return roots;
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
