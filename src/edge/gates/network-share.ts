/** What one network may ask for lately, before it is told so in words. Networks that very many people share are told nothing (settings: gates). */
import { Attained } from "../../decision/gates/attained.ts";
import type { Asker } from "../../decision/gates/asker.ts";

/** Bounded, so that no flood fills the memory; who asked for little is forgotten first. */
const networksMax = 8_192;

export class NetworkShare {
  readonly #most: number;
  readonly #had = new Attained<number>(networksMax);

  /** `most`: at once; then about an eighth of it a minute (Attained). */
  constructor(most: number) {
    this.#most = most;
  }

  /** False: it had its share. */
  take({ prefix, isShared, nowMs }: Asker): boolean {
    if (isShared) return true;
    if (this.#had.of(prefix, nowMs) > this.#most - 1) return false;
    this.#had.add(prefix, 1, nowMs);
    return true;
  }
}
