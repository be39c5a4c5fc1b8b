/**
 * From when to when it can't be known who is a reader: a flood is found some time after it began, and goes on until calm is back. Two
 * words of the memory that workers share, in seconds since 1970; one thread writes them.
 */

/** Whoever first came so shortly before calm ended may belong to what ended it. */
const beforeS = 30;
/** A flood is usually found within so long of its first request. */
const foundS = 4;
/** Two such times that are no further apart are one: a flood may come in pulses. */
const joinedS = 3_600;
const stillGoing = 0xffff_ffff;

export class Doubt {
  static readonly words = 2;
  readonly #memory: Uint32Array;

  /** `memory`: these words. */
  constructor(memory: Uint32Array) {
    this.#memory = memory;
  }

  get isOn(): boolean {
    return this.#to === stillGoing;
  }

  tell(calm: boolean, nowMs: number): void {
    const nowS = Math.floor(nowMs / 1_000);
    if (calm !== this.isOn) return;
    if (!calm && nowS - this.#to > joinedS) this.#memory[0] = nowS - beforeS;
    this.#memory[1] = calm ? nowS : stillGoing;
  }

  covers(atMs: number): boolean {
    const atS = atMs / 1_000;
    return atS >= (this.#memory[0] ?? 0) && atS <= this.#to;
  }

  /** Whether it was before the flood that goes on, as far as can be told from when that was found. */
  isAfter(atMs: number): boolean {
    return this.isOn && atMs / 1_000 < (this.#memory[0] ?? 0) + beforeS - foundS;
  }

  get #to(): number {
    return this.#memory[1] ?? 0;
  }
}
