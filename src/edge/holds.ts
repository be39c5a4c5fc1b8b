/**
 * Answers that are held back: a flood that waits for its answers sends less. Bounded in number, and with one timer for all of a worker's:
 * a wheel whose spokes are emptied one after the other. Nothing of the answer exists meanwhile; it is made when the time is over.
 */
import type { Random } from "../base/random.ts";

/** Milliseconds. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

interface Held {
  readonly end: (how: HoldEnd) => void;
}

/** `gone`: the client did not wait for it. */
export type HoldEnd = "over" | "gone";

/** Short, so that a reader waits for few of them, made one after the other. */
const spokeMs = 20;
/** More than the longest hold takes. */
const spokes = 320;

export class Holds implements Disposable {
  readonly #most: number;
  readonly #random: Random;
  readonly #wheel: readonly Set<Held>[] = Array.from({ length: spokes }, () => new Set<Held>());
  #spoke = 0;
  #held = 0;
  #timer: Timer | undefined;

  /** `most`: at a time. */
  constructor(most: number, random: Random) {
    this.#most = most;
    this.#random = random;
  }

  get held(): number {
    return this.#held;
  }

  /** For a time by chance within the span; undefined where as many are held as may. `signal`: the client's connection ended. */
  hold({ least, most }: Span, signal: AbortSignal): Promise<HoldEnd> | undefined {
    if (this.#held >= this.#most || signal.aborted) return undefined;
    const waitMs = least + (most - least) * this.#random.next();
    const turns = Math.min(spokes - 1, Math.ceil(waitMs / spokeMs));
    const spoke = this.#wheel[(this.#spoke + turns) % spokes];
    if (spoke === undefined) throw new Error("the wheel has no such spoke");
    return this.#holdOn(spoke, signal);
  }

  /** Everybody gets their answer now. */
  [Symbol.dispose](): void {
    for (const spoke of this.#wheel) for (const { end } of spoke) end("over");
  }

  #holdOn(spoke: Set<Held>, signal: AbortSignal): Promise<HoldEnd> {
    const { promise, resolve } = Promise.withResolvers<HoldEnd>();
    const leave = (): void => held.end("gone");
    const held: Held = {
      end: (how) => {
        if (!spoke.delete(held)) return;
        signal.removeEventListener("abort", leave);
        this.#held -= 1;
        if (this.#held === 0) this.#rest();
        resolve(how);
      },
    };
    spoke.add(held);
    signal.addEventListener("abort", leave, { once: true });
    this.#held += 1;
    this.#timer ??= setInterval(() => this.#turn(), spokeMs);
    return promise;
  }

  #turn(): void {
    this.#spoke = (this.#spoke + 1) % spokes;
    for (const { end } of this.#wheel[this.#spoke] ?? []) end("over");
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
