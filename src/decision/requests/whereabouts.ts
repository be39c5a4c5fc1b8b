/** Where a source lies: its block and prefix, and, looked up only when it matters, its country and network. */
import { Remembered } from "../../base/remembered.ts";
import { blockKey, blockName, prefixKey, prefixName, type Source } from "../source.ts";
import type { LookUpOrigin } from "../tally-summary.ts";
import type { Value, Values } from "./values.ts";

export interface Origin {
  readonly country: Value;
  readonly network: Value;
}

/** Of a prefix; thousands of sources share one. */
const rememberedMax = 16_384;

export class Whereabouts {
  readonly #blocks: Remembered<Value, number>;
  readonly #prefixes: Remembered<Value, number>;
  readonly #origins: Remembered<Origin, number>;

  constructor(values: Values, lookUp: LookUpOrigin) {
    this.#blocks = new Remembered((block) => values.once(blockName(block)), rememberedMax);
    this.#prefixes = new Remembered((prefix) => values.once(prefixName(prefix)), rememberedMax);
    this.#origins = new Remembered((prefix) => {
      const { country, asn } = lookUp(prefixName(prefix));
      return { country: values.of(country), network: values.of(`${asn}`) };
    }, rememberedMax);
  }

  block(source: Source): Value {
    return this.#blocks.of(blockKey(source));
  }

  prefix(source: Source): Value {
    return this.#prefixes.of(prefixKey(source));
  }

  origin(source: Source): Origin {
    return this.#origins.of(prefixKey(source));
  }
}
