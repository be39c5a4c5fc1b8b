/** Values of traits: a text and its keyed hash, made once for texts that come again. */
import { Remembered } from "../../base/remembered.ts";
import type { HashKey } from "../source.ts";
import { valueHash } from "./value-hash.ts";

export interface Value {
  readonly text: string;
  /** Of ordinal traits, the number itself. */
  readonly hash: number;
}

/** Texts from closed sets, and the usual hosts and languages, are far fewer. */
const rememberedMax = 2_048;

export class Values {
  readonly #key: HashKey;
  readonly #remembered = new Remembered((text: string) => this.once(text), rememberedMax);

  constructor(key: HashKey) {
    this.#key = key;
  }

  of(text: string): Value {
    return this.#remembered.of(text);
  }

  /** For texts that hardly come again, or that are remembered elsewhere. */
  once(text: string): Value {
    return { text, hash: valueHash(text, this.#key) };
  }
}

/** The value of an ordinal trait: 0 to 255. */
export function ordinalValue(count: number): Value {
  return numbers[Math.max(0, Math.min(numbers.length - 1, count))] ?? none;
}

const none: Value = { text: "0", hash: 0 };
const numbers: readonly Value[] = Array.from({ length: 256 }, (_, count) => ({
  text: `${count}`,
  hash: count,
}));
