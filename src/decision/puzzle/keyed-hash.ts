/**
 * The hash of a challenge. Blowfish's round function (Schneier, FSE 1993) in a Feistel network of eight rounds, with tables and round keys that are
 * made from the challenge, and a feed-forward (Davies, Meyer) so that it isn't invertible. 32 reads at addresses that depend on what was read
 * before: SIMD units gain nothing, a page of JavaScript without eval loses nothing. It withstands shortcuts through the birthday problem; nothing secret
 * rests on it.
 */
const rounds = 8;
const boxWords = 256;
const boxes = 4;
const roundKeysAt = boxes * boxWords;
/** Two that whiten the input, one for each round. */
const tableWords = roundKeysAt + 2 + rounds;
/** Until each bit of what was absorbed has reached all of the state. */
const blankSteps = 16;
const lowest30 = 2 ** 30 - 1;

export class KeyedHash {
  readonly #words = new Int32Array(tableWords);
  /** Of the last `mix`, 30 bits each: small integers in every engine. */
  low = 0;
  high = 0;

  /** Makes the tables for these words (the seed's, the effort). Source of the generator: sfc32 (Doty-Humphrey, PractRand), 128 bits of state. */
  key(words: Int32Array): void {
    let a = 0;
    let b = 0;
    let c = 0;
    let counter = 1;
    const table = this.#words;
    for (let at = -words.length - blankSteps; at < tableWords; at += 1) {
      a ^= words[at + words.length + blankSteps] ?? 0;
      const next = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + next) | 0;
      if (at >= 0) table[at] = next;
    }
  }

  /** Two words in; what comes out is in `low` and `high`. */
  mix(leftIn: number, rightIn: number): void {
    const words = this.#words;
    let left = leftIn ^ word(words, roundKeysAt);
    let right = rightIn ^ word(words, roundKeysAt + 1);
    for (let key = roundKeysAt + 2; key < tableWords; key += 2) {
      right ^= scramble(words, left) ^ word(words, key);
      left ^= scramble(words, right) ^ word(words, key + 1);
    }
    this.low = (left ^ leftIn) & lowest30;
    this.high = (right ^ rightIn) & lowest30;
  }
}

function scramble(words: Int32Array, value: number): number {
  const first = word(words, value >>> 24);
  const second = word(words, boxWords + ((value >>> 16) & 255));
  const third = word(words, 2 * boxWords + ((value >>> 8) & 255));
  const fourth = word(words, 3 * boxWords + (value & 255));
  return (((first + second) ^ third) + fourth) | 0;
}

function word(words: Int32Array, at: number): number {
  return words[at] ?? 0;
}
