/**
 * Whose request to the origin it is when everybody may get its answer: nobody's, so that it goes on when the one who asked first leaves. Where the
 * answer turns out to be for one client alone, it becomes that one's.
 */
import type { LaneClient } from "../lane/passage.ts";

export class FetchClient implements LaneClient {
  #owner: LaneClient | undefined;
  #left: (() => void) | undefined;

  lasts(left: () => void): void {
    this.#left = left;
    this.#owner?.lasts(left);
  }

  ended(): void {
    this.#owner?.ended();
    this.#owner = undefined;
  }

  handTo(owner: LaneClient): void {
    this.#owner = owner;
    if (this.#left !== undefined) owner.lasts(this.#left);
  }
}
