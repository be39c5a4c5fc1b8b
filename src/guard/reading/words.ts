/** A page's text as words: how many, in which writing scripts, and a sketch of their sequences. */
import type { Facts, Volume } from "../facts.ts";
import { digit, ignored, scriptOf, separates, signKinds, signs, wordBySign } from "./letters.ts";
import { Sketch, hashStart, hashStep, mixed } from "./sketch.ts";

/** Words in a row that make one shingle. */
const shingleWords = 3;
/** Characters of words that are handed on. */
const wordsLength = 60_000;
/** Letters that Unicode has a second time: bold, wide, circled. */
const disguised = /[\u2100-\u214f\u2460-\u24ff\ufb00-\ufdff\ufe70-\uffef]|\ud835/;
const smallestShare = 0.005;

export interface Reading {
  readonly text: Volume;
  readonly letters: Facts["letters"];
  /** In lower case, one space between, without vowel signs; bounded. */
  readonly words: string;
}

export function readWords(text: string): Reading {
  const plain = disguised.test(text) ? text.normalize("NFKC") : text;
  return new WordReader(plain.toLowerCase()).read();
}

class WordReader {
  readonly #text: string;
  readonly #sketch = new Sketch();
  readonly #counts = new Uint32Array(signKinds);
  readonly #words: string[] = [];
  #length = 0;
  #count = 0;
  #before = 0;
  #beforeThat = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Reading {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const sign = signs[text.charCodeAt(at)] ?? separates;
      if (sign <= ignored) at += 1;
      else if (wordBySign.has(sign)) at = this.#single(at, sign);
      else at = this.#word(at);
    }
    if (this.#count > 0 && this.#count < shingleWords) this.#sketch.add(this.#before);
    return {
      text: { count: this.#count, sketch: this.#sketch.values() },
      letters: this.#letters(),
      words: this.#words.join(" "),
    };
  }

  #single(at: number, sign: number): number {
    this.#counts[sign] = (this.#counts[sign] ?? 0) + 1;
    this.#add(hashStep(hashStart, this.#text.charCodeAt(at)), this.#text.slice(at, at + 1));
    return at + 1;
  }

  #word(from: number): number {
    const text = this.#text;
    const counts = this.#counts;
    let hash = hashStart;
    let hasIgnored = false;
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const sign = signs[code] ?? separates;
      if (sign === separates) break;
      counts[sign] = (counts[sign] ?? 0) + 1;
      if (sign === ignored) hasIgnored = true;
      else hash = hashStep(hash, code);
    }
    const word = text.slice(from, at);
    this.#add(hash, hasIgnored ? withoutIgnored(word) : word);
    return at;
  }

  #add(hash: number, word: string): void {
    this.#count += 1;
    if (this.#count >= shingleWords) {
      this.#sketch.add(hashStep(hashStep(this.#beforeThat, this.#before), hash));
    }
    this.#beforeThat = this.#before;
    this.#before = mixed(hash);
    if (this.#length > wordsLength) return;
    this.#words.push(word);
    this.#length += word.length + 1;
  }

  #letters(): Record<string, number> {
    const counted = [...this.#counts].map((count, sign) => (sign <= digit ? 0 : count));
    const all = counted.reduce((sum, count) => sum + count, 0);
    const shares = counted
      .map((count, sign) => [scriptOf(sign), Math.round((count / all) * 1_000) / 1_000] as const)
      .filter(([, share]) => share >= smallestShare);
    return Object.fromEntries(shares);
  }
}

function withoutIgnored(word: string): string {
  return Array.from(word)
    .filter((letter) => signs[letter.charCodeAt(0)] !== ignored)
    .join("");
}
