/**
 * The puzzle a second time, slow and plain, from its description alone: big integers, maps and recursion, nothing shared with src/decision/puzzle. What
 * the two say about a challenge or a proof has to be the same.
 */

/** A nonce and eight indices. */
export type Solution = readonly number[];

const word = 2n ** 32n;

/** A challenge's hash: two words in; 60 bits out, of which the first thirty are the lower ones. */
type Hash = (left: number, right: number) => bigint;

function hashOf(seed: Uint8Array, effort: number): Hash {
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  const absorbed = [...Array.from({ length: 8 }, (_, at) => view.getUint32(4 * at)), effort];
  const drawn = draw(absorbed, 16 + 4 * 256 + 10).slice(16);
  const boxes = [0, 1, 2, 3].map((box) => drawn.slice(256 * box, 256 * (box + 1)));
  const keys = drawn.slice(4 * 256);
  const scramble = (value: bigint): bigint => {
    const [a, b, c, d] = boxes.map((box, at) => box[Number((value >> BigInt(24 - 8 * at)) & 255n)] ?? 0n);
    return ((((a ?? 0n) + (b ?? 0n)) ^ (c ?? 0n)) + (d ?? 0n)) % word;
  };
  return (leftIn, rightIn) => {
    let [left, right] = [BigInt(leftIn) ^ (keys[0] ?? 0n), BigInt(rightIn) ^ (keys[1] ?? 0n)];
    keys.slice(2).forEach((key, round) => {
      if (round % 2 === 0) right ^= scramble(left % word) ^ key;
      else left ^= scramble(right % word) ^ key;
    });
    const low = (left ^ BigInt(leftIn)) % 2n ** 30n;
    const high = (right ^ BigInt(rightIn)) % 2n ** 30n;
    return (high << 30n) | low;
  };
}

/** So many words of sfc32 after words were absorbed, one a step; what comes out meanwhile isn't used. */
function draw(absorbed: readonly number[], count: number): bigint[] {
  let [a, b, c, counter] = [0n, 0n, 0n, 1n];
  const out: bigint[] = [];
  for (let step = 0; step < absorbed.length + count; step += 1) {
    a ^= BigInt(absorbed[step] ?? 0);
    const next: bigint = (a + b + counter) % word;
    counter += 1n;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) % word;
    c = ((((c << 21n) % word) | (c >> 11n)) + next) % word;
    out.push(next);
  }
  return out.slice(absorbed.length);
}

interface Node {
  readonly indices: readonly number[];
  readonly sum: bigint;
}

export class ReferencePuzzle {
  readonly #hash: Hash;
  readonly #wanted: number;
  readonly #share: number;

  constructor(seed: Uint8Array, effort: number) {
    this.#hash = hashOf(seed, effort);
    this.#wanted = Math.min(effort, 32);
    this.#share = this.#wanted / effort;
  }

  /** All of a nonce, ascending. */
  solutions(nonce: number): Solution[] {
    const leaves = Array.from({ length: 65_536 }, (_, index) => ({
      indices: [index],
      sum: this.#hash(index, nonce),
    }));
    const roots = joined(joined(joined(leaves, 15n), 30n), 60n);
    return roots
      .filter(({ indices }) => new Set(indices).size === 8)
      .map(({ indices }) => [nonce].concat(indices))
      .sort(inOrder);
  }

  /** Whether the solution is one of those that count. */
  isRare([nonce = 0, ...indices]: Solution): boolean {
    const pairs = [0, 2, 4, 6].map((at) => (indices[at] ?? 0) * 65_536 + (indices[at + 1] ?? 0));
    let [left, right] = [0n, BigInt(65_536 + nonce)];
    for (const pair of pairs) {
      const out = this.#hash(Number(BigInt(pair) ^ left), Number(right));
      [left, right] = [out % 2n ** 30n, out >> 30n];
    }
    return Number(right) / 2 ** 30 < this.#share;
  }

  verify(proof: Uint8Array): boolean {
    if (proof.length !== 18 * this.#wanted) return false;
    const view = new DataView(proof.buffer, proof.byteOffset, proof.byteLength);
    const solutions = Array.from({ length: this.#wanted }, (_, at) =>
      Array.from({ length: 9 }, (__, field) => view.getUint16(18 * at + 2 * field)),
    );
    const isAscending = solutions.every((one, at) => at === 0 || inOrder(solutions[at - 1] ?? [], one) < 0);
    return isAscending && solutions.every((one) => this.#isTree(one) && this.isRare(one));
  }

  #isTree([nonce = 0, ...indices]: Solution): boolean {
    const isNode = (width: number, bits: bigint): boolean =>
      Array.from({ length: 8 / width }, (_, at) => indices.slice(width * at, width * (at + 1))).every(
        (node) =>
          node.reduce((sum, index) => sum ^ this.#hash(index, nonce), 0n) % 2n ** bits === 0n &&
          (node[0] ?? 0) < (node[width / 2] ?? 0),
      );
    return new Set(indices).size === 8 && isNode(2, 15n) && isNode(4, 30n) && isNode(8, 60n);
  }
}

interface Node {
  readonly indices: readonly number[];
  readonly sum: bigint;
}

/** All pairs of nodes whose sum is zero in the lowest bits. */
function joined(nodes: readonly Node[], bits: bigint): Node[] {
  const groups = Map.groupBy(nodes, ({ sum }) => sum % 2n ** bits);
  return [...groups.values()].flatMap((group) =>
    group.flatMap((one, at) => group.slice(at + 1).map((other) => nodeOf(one, other))),
  );
}

function nodeOf(one: Node, other: Node): Node {
  const sides = [one.indices, other.indices].sort(inOrder);
  return { indices: sides.flat(), sum: one.sum ^ other.sum };
}

function inOrder(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((field, place) => field !== other[place]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}
