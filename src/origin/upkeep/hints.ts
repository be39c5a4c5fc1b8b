/** Addresses worth reading again soon: an edge is uncertain of them, a sitemap says that they changed, a page leads there that nobody knew. */
import type { OriginAddress } from "../client/protected-site.ts";

/** Beyond these, what is found again later is found again. */
const hintsMax = 2_000;

export class Hints {
  readonly #waiting = new Set<OriginAddress>();

  add(address: OriginAddress): void {
    if (this.#waiting.size < hintsMax) this.#waiting.add(address);
  }

  /** In front of all others. */
  addFirst(addresses: readonly OriginAddress[]): void {
    const others = [...this.#waiting];
    this.#waiting.clear();
    for (const address of [...addresses, ...others]) this.add(address);
  }

  /** The oldest, at most so many. */
  take(count: number): OriginAddress[] {
    const taken = [...this.#waiting].slice(0, count);
    for (const address of taken) this.#waiting.delete(address);
    return taken;
  }
}
