// Keyed hashes of texts: the published vectors, and that a collision found under one key is none under another.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import type { HashKey } from "../source.ts";
import { valueHash } from "./value-hash.ts";

/** Of Linux (lib/tests/siphash_kunit.c, 32-bit): of no byte, of 00 01, of 00 01 02 03 … under the key 00 01 … 07. */
const vectors = [
  0x5814c896, 0xbc4b0e30, 0x7e059ea6, 0xa0080b65, 0x577999b1, 0xe4fa32cf, 0x6b28096c, 0x16658a7c, 0x8b31d501,
  0x06712339, 0x911bb605, 0xf826ef7b, 0x57150ad7, 0x1ec47442, 0x0a4100d0, 0x2331b6a3,
];

test("it is HalfSipHash-1-3", () => {
  const key = { first: 0x0302_0100, second: 0x0706_0504 };
  const countedBytes = (pairs: number): string =>
    String.fromCharCode(...Array.from({ length: pairs }, (_, at) => at * 2 + (at * 2 + 1) * 256));
  expect(vectors.map((_, pairs) => valueHash(countedBytes(pairs), key))).toEqual(vectors);
});

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const keys = fc.record({ first: word, second: word });

test("any text, whatever its code units, has 32 bits of its own", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(text, text, keys, (left, right, key) => {
      expect(valueHash(left, key)).toBeWithin(0, 2 ** 32);
      fc.pre(left !== right);
      expect(valueHash(left, key)).not.toBe(valueHash(right, key));
    }),
  );
});

test("texts that collide under one key mean nothing under another", () => {
  fc.assert(
    fc.property(keys, keys, (known, boots) => {
      fc.pre(known.first !== boots.first || known.second !== boots.second);
      const pairs = collisions(known);
      expect(pairs.length).toBeGreaterThan(3);
      const still = pairs.filter(([left, right]) => lowBits(left, boots) === lowBits(right, boots));
      // By chance each of them still does in one of 2^16.
      expect(still.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 20 },
  );
});

/** Whole collisions would take some 80,000 tries each; of the lower half they are as hard to keep under another key, and quickly found. */
function collisions(key: HashKey): [string, string][] {
  const seen = new Map<number, string>();
  return Array.from({ length: 2_000 }, (_, at) => `agent/${at}`).flatMap((text) => {
    const bits = lowBits(text, key);
    const other = seen.get(bits);
    seen.set(bits, text);
    return other === undefined ? [] : [[other, text] as [string, string]];
  });
}

function lowBits(text: string, key: HashKey): number {
  return valueHash(text, key) & 0xffff;
}
