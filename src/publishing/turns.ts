/** One piece of work after the other, and no more editions than one a second. */

/** Resolves after so many milliseconds; handed in so that tests need not wait. */
export type Wait = (ms: number) => Promise<void>;

export const realWait: Wait = async (ms) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms);
  await promise;
};

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything that was asked for before is done, whether it succeeded or not. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
