/** The puzzle: what was solved verifies, and nothing that is cheaper does. */
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { join } from "node:path";
import { fromHex } from "../../base/bytes.ts";
import { seededRandom } from "../../base/random.ts";
import { ReferencePuzzle, type Solution } from "../../../test/puzzle-reference.ts";
import { Challenge } from "./challenge.ts";
import { mostEffort } from "./puzzle.ts";
import { Search } from "./search.ts";
import { solve, Solving } from "./solve.ts";
import { verify } from "./verify.ts";

const seed = seededRandom(6).bytes(32);
const easy = { effort: 3, proof: solve(seed, 3) };
/** Twice as many solutions as a proof shows: every other one counts. */
const usual = { effort: 64, proof: solve(seed, 64) };
const nonces = 60;
const found = solutionsOf(usual.effort, nonces);
const reference = new ReferencePuzzle(seed, usual.effort);
const rare = found.filter((solution) => reference.isRare(solution));

/** Of these nonces, ascending: found by the solver's own search. */
function solutionsOf(effort: number, count: number): Solution[] {
  const challenge = new Challenge();
  const search = new Search();
  challenge.take(seed, effort);
  return Array.from({ length: count }, (_, nonce) => search.solutions(challenge, nonce))
    .flat()
    .map((solution) => Array.from(solution))
    .sort(ascending);
}

function ascending(one: Solution, other: Solution): number {
  return Buffer.compare(written([one]), written([other]));
}

function written(solutions: readonly Solution[]): Uint8Array {
  return Uint8Array.from(solutions.flat().flatMap((field) => [field >>> 8, field & 255]));
}

/** Each side of each node in its place. */
function inTreeOrder(leaves: readonly number[]): readonly number[] {
  if (leaves.length === 1) return leaves;
  const left = inTreeOrder(leaves.slice(0, leaves.length / 2));
  const right = inTreeOrder(leaves.slice(leaves.length / 2));
  return (left[0] ?? 0) < (right[0] ?? 0) ? left.concat(right) : right.concat(left);
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, at) => (at === bit >>> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

describe("solving", () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

  test("whatever the seed, what was found verifies, for this seed alone", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), seeds, (one, effort, other) => {
        const proof = solve(one, effort);
        expect(proof).toHaveLength(18 * effort);
        expect(verify(one, effort, proof)).toBe(true);
        expect(verify(other, effort, proof)).toBe(Buffer.compare(one, other) === 0);
      }),
      { numRuns: 12 },
    );
  });

  test("a proof has 32 solutions at most, below one kilobyte", () => {
    expect(usual.proof).toHaveLength(576);
    expect(verify(seed, usual.effort, usual.proof)).toBe(true);
  });

  test("goes on step by step, and says how far it is", () => {
    const solving = new Solving(seed, usual.effort);
    const seen = [solving.progress];
    let proof = solving.step();
    while (proof === undefined) {
      seen.push(solving.progress);
      proof = solving.step();
    }
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect([seen[0], solving.progress]).toEqual([0, 1]);
    expect(proof).toEqual(usual.proof);
  });

  test("asks for a seed and an effort", () => {
    expect(() => solve(seed.subarray(1), 1)).toThrow(RangeError);
    for (const effort of [0, -1, 1.5, Number.NaN, mostEffort + 1]) {
      expect(() => solve(seed, effort)).toThrow(RangeError);
    }
  });

  test("effort is the number of solutions that it takes: a nonce has 1.9, some of which count", () => {
    expect(found.length / nonces).toBeWithin(1.4, 2.4);
    expect(rare.length / found.length).toBeWithin(0.35, 0.65);
  });
});

describe("a proof is refused", () => {
  test("with any bit of it flipped", () => {
    for (let bit = 0; bit < 8 * easy.proof.length; bit += 1) {
      expect(verify(seed, easy.effort, flipped(easy.proof, bit))).toBe(false);
    }
    fc.assert(
      fc.property(fc.nat(8 * usual.proof.length - 1), (bit) => {
        expect(verify(seed, usual.effort, flipped(usual.proof, bit))).toBe(false);
      }),
    );
  });

  test("with any bit of the seed flipped", () => {
    for (let bit = 0; bit < 8 * seed.length; bit += 1) {
      expect(verify(flipped(seed, bit), easy.effort, easy.proof)).toBe(false);
      expect(verify(flipped(seed, bit), usual.effort, usual.proof)).toBe(false);
    }
  });

  test("with a seed of another length", () => {
    expect(verify(seed.subarray(0, 31), easy.effort, easy.proof)).toBe(false);
    expect(verify(Uint8Array.of(...seed, 0), easy.effort, easy.proof)).toBe(false);
  });

  test("for any other effort, lower ones too", () => {
    for (let effort = 1; effort <= 2 * usual.effort; effort += 1) {
      expect(verify(seed, effort, easy.proof)).toBe(effort === easy.effort);
      expect(verify(seed, effort, usual.proof)).toBe(effort === usual.effort);
    }
  });

  test("of any other length", () => {
    for (let length = 0; length < easy.proof.length; length += 1) {
      expect(verify(seed, easy.effort, easy.proof.subarray(0, length))).toBe(false);
    }
    expect(verify(seed, easy.effort, Uint8Array.of(...easy.proof, 0))).toBe(false);
    expect(verify(seed, easy.effort, Uint8Array.of(...easy.proof, ...easy.proof))).toBe(false);
  });

  test("without a throw, whatever comes", () => {
    const efforts = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1, 2, 3));
    const proofs = fc.oneof(
      fc.uint8Array({ maxLength: 1_000 }),
      fc.uint8Array({ minLength: 36, maxLength: 36 }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), efforts, proofs, (someSeed, effort, proof) => {
        expect(verify(someSeed, effort, proof)).toBe(false);
      }),
    );
    for (const effort of [0, Number.NaN, Infinity, 3.5, 2 ** 32 + 3]) {
      expect(verify(seed, effort, new Uint8Array())).toBe(false);
      expect(verify(seed, effort, easy.proof)).toBe(false);
    }
  });
});

describe("what would be cheaper than solving", () => {
  const trees = solutionsOf(1, 8);

  /** A solution, its indices in another order. */
  function reordered([nonce = 0, ...indices]: Solution, order: readonly number[]): Uint8Array {
    return written([[nonce, ...order.map((at) => indices[at] ?? 0)]]);
  }

  test("a solution that isn't rare enough", () => {
    const proof = rare.slice(0, 32);
    const common = found.find((solution) => !rare.includes(solution)) ?? [];
    expect(verify(seed, usual.effort, written(proof))).toBe(true);
    const easier = [...proof.slice(1), common].sort(ascending);
    expect(verify(seed, usual.effort, written(easier))).toBe(false);
  });

  test("one solution for many", () => {
    const [first = []] = rare;
    expect(verify(seed, usual.effort, written(Array.from({ length: 32 }, () => first)))).toBe(false);
  });

  test("the same solutions in another order, a second proof for the same work", () => {
    const proof = rare.slice(0, 32);
    const exchanged = [...proof.slice(1, 2), ...proof.slice(0, 1), ...proof.slice(2)];
    expect(verify(seed, usual.effort, written(exchanged))).toBe(false);
  });

  test("the same tree with the sides of a node exchanged, which would be another", () => {
    for (const exchanged of [
      [1, 0, 2, 3, 4, 5, 6, 7],
      [0, 1, 3, 2, 4, 5, 6, 7],
      [0, 1, 2, 3, 5, 4, 6, 7],
      [0, 1, 2, 3, 4, 5, 7, 6],
      [2, 3, 0, 1, 4, 5, 6, 7],
      [0, 1, 2, 3, 6, 7, 4, 5],
      [4, 5, 6, 7, 0, 1, 2, 3],
    ]) {
      expect(trees.some((tree) => verify(seed, 1, reordered(tree, exchanged)))).toBe(false);
    }
    expect(trees.every((tree) => verify(seed, 1, written([tree])))).toBe(true);
  });

  test("quartets of two solutions", () => {
    const [one = [], other = []] = trees.filter((some) =>
      trees.some((another) => another !== some && another[0] === some[0]),
    );
    const joined = inTreeOrder([...one.slice(1, 5), ...other.slice(1, 5)]);
    expect(verify(seed, 1, written([one]))).toBe(true);
    expect(verify(seed, 1, written([[one[0] ?? 0, ...joined]]))).toBe(false);
  });

  test("eight hashes that XOR to zero, but not in pairs, or not in quartets", () => {
    const otherPairs = [0, 2, 1, 3, 4, 6, 5, 7];
    const otherQuartets = [0, 1, 4, 5, 2, 3, 6, 7];
    const [[nonce = 0, ...indices] = []] = trees;
    for (const order of [otherPairs, otherQuartets]) {
      const leaves = inTreeOrder(order.map((at) => indices[at] ?? 0));
      expect(verify(seed, 1, written([[nonce, ...leaves]]))).toBe(false);
    }
  });

  test("hashes that XOR to zero because they are the same", () => {
    for (const same of [
      [5, 5, 5, 5, 5, 5, 5, 5],
      [1, 2, 3, 4, 1, 2, 3, 4],
      [1, 1, 2, 2, 3, 3, 4, 4],
    ]) {
      expect(verify(seed, 1, written([[0, ...same]]))).toBe(false);
    }
  });
});

describe("the reference", () => {
  test("finds the same solutions", () => {
    const last = 65_535;
    const challenge = new Challenge();
    challenge.take(seed, usual.effort);
    const solutions = new Search().solutions(challenge, last).map((solution) => Array.from(solution));
    expect(solutions.sort(ascending)).toEqual(reference.solutions(last).map((one) => Array.from(one)));
  });

  test("says the same of proofs that are nearly right", () => {
    const other = new ReferencePuzzle(seed, easy.effort);
    const change = fc.record({ at: fc.nat(easy.proof.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), (changes) => {
        const proof = Uint8Array.from(easy.proof);
        for (const { at, byte } of changes) proof[at] = byte;
        expect(verify(seed, easy.effort, proof)).toBe(other.verify(proof));
      }),
    );
    expect(reference.verify(usual.proof)).toBe(true);
  });
});

interface Vector {
  readonly name: string;
  readonly seed: string;
  readonly effort: number;
  readonly proof: string;
  readonly valid: boolean;
}

test("the vectors: neither the hash nor a proof's form changes unnoticed", async () => {
  const file = Bun.file(join(import.meta.dir, "../../../test/vectors/puzzle.json"));
  const { vectors } = (await file.json()) as { vectors: Vector[] };
  expect(vectors.some(({ valid }) => valid)).toBe(true);
  for (const { name, valid, ...vector } of vectors) {
    const proof = fromHex(vector.proof);
    expect({ name, valid: verify(fromHex(vector.seed), vector.effort, proof) }).toEqual({ name, valid });
    expect(new ReferencePuzzle(fromHex(vector.seed), vector.effort).verify(proof)).toBe(valid);
  }
});
