/** While somebody writes, what isn't saved yet is lent to the newsroom's memory, so that a browser that dies takes little along. */
import type { SaveRequest } from "./exchange.ts";

/** At most so much writing is lost, ms. */
const everyMs = 10_000;

export class Lending {
  readonly #path: string;
  readonly #unsaved: () => SaveRequest;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, unsaved: () => SaveRequest) {
    this.#path = path;
    this.#unsaved = unsaved;
  }

  /** Something was written. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#post(this.#unsaved());
    }, everyMs);
  }

  /** It is being saved: nothing is to be lent any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  discard(): void {
    this.stop();
    this.#post({ discard: true });
  }

  /** What fails is said when somebody saves; this is a second net. */
  #post(what: SaveRequest | { readonly discard: true }): void {
    fetch(this.#path, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(what),
    }).catch(() => {});
  }
}
