/** A first-in, first-out queue with a limit. What does not fit is refused and counted, never awaited. */

export class BoundedQueue<T> {
  readonly limit: number;
  readonly #slots: (T | undefined)[];
  #head = 0;
  #length = 0;
  #refused = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.#slots = Array.from({ length: limit });
  }

  get length(): number {
    return this.#length;
  }

  /** How many were refused since the start. */
  get refused(): number {
    return this.#refused;
  }

  /** False where the queue is full; the item is then dropped. */
  push(item: T): boolean {
    if (this.#length === this.limit) {
      this.#refused += 1;
      return false;
    }
    this.#slots[(this.#head + this.#length) % this.limit] = item;
    this.#length += 1;
    return true;
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) % this.limit;
    this.#length -= 1;
    return item;
  }
}
