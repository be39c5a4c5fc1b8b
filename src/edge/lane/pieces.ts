/** What has come of an answer and was not taken yet: a bounded queue between the two sides, one of which is always the slower one. */

/** From here on the sending side is held back. */
const bytesHeldMax = 256 * 1024;

export interface Flow {
  holdBack(): void;
  letGo(): void;
}

type Next = Uint8Array | "end" | "broken";

export class Pieces {
  readonly #flow: Flow;
  readonly #queue: Uint8Array[] = [];
  #bytes = 0;
  #waiter: ((next: Next) => void) | undefined;
  #state: "open" | "end" | "broken" = "open";

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    if (this.#waiter !== undefined) return this.#settle(piece);
    this.#queue.push(piece);
    const before = this.#bytes;
    this.#bytes += piece.length;
    if (before < bytesHeldMax && this.#bytes >= bytesHeldMax) this.#flow.holdBack();
  }

  /** What is there already is still handed out. */
  end(): void {
    if (this.#state === "open") this.#state = "end";
    this.#settle("end");
  }

  /** What is there already is thrown away. */
  breakOff(): void {
    this.#state = "broken";
    this.#queue.length = 0;
    this.#settle("broken");
  }

  /** One at a time. */
  next(): Promise<Next> {
    const piece = this.#queue.shift();
    if (piece !== undefined) {
      this.#took(piece);
      return Promise.resolve(piece);
    }
    if (this.#state !== "open") return Promise.resolve(this.#state);
    const { promise, resolve } = Promise.withResolvers<Next>();
    this.#waiter = resolve;
    return promise;
  }

  /** Everything that is there, as one. */
  all(): Uint8Array {
    const [first] = this.#queue;
    return this.#queue.length === 1 && first !== undefined ? first : Buffer.concat(this.#queue);
  }

  #took(piece: Uint8Array): void {
    const before = this.#bytes;
    this.#bytes -= piece.length;
    if (before >= bytesHeldMax && this.#bytes < bytesHeldMax) this.#flow.letGo();
  }

  #settle(next: Next): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.(next);
  }
}
