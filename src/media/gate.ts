/** Lets so many through at a time and so many wait; whoever comes then is turned away. */

export interface GateLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

export const full = Symbol("full");

export class Gate {
  readonly #limits: GateLimits;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  async pass<T>(work: () => Promise<T>): Promise<T | typeof full> {
    if (this.#inside < this.#limits.atOnce) this.#inside += 1;
    else if (this.#waiting.length < this.#limits.waiting) await this.#turn();
    else return full;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    return promise;
  }

  /** A place is handed on rather than given up, so that nobody slips in between. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside -= 1;
    else next();
  }
}
