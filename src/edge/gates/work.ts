/** What a request has in hand that asks for work: where it may wait with it, and what is taken from it when its turn comes. */
import type { Standing } from "../../decision/gates/standing.ts";

export interface Work {
  readonly standing: Standing;
  /**
   * Once its turn has come. False: it had its turn before, here or at another worker. A request that asks again within its turn, because
   * the first answer was not for it, keeps it.
   */
  readonly redeem: () => boolean;
  /** A ticket whose turn came is spent. */
  readonly isSpent: boolean;
  /** Of the pass that its answer brings along; undefined: none. */
  readonly pass: string | undefined;
}

/** Needs nothing, and is told nothing. */
export function freeWork(standing: Standing): Work {
  return { standing, redeem: () => true, isSpent: false, pass: undefined };
}
