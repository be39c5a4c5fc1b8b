/** The client's side of an answer that is passed on as it comes: one piece each time the client has taken the one before, at a least pace. */
import type { Transfer, Transfers } from "../transfers.ts";
import type { Pieces } from "./pieces.ts";

export interface DeliveryOptions {
  readonly pieces: Pieces;
  readonly transfers: Transfers;
  /** The client has everything. */
  readonly delivered: () => void;
  /** The client left, or takes it too slowly. */
  readonly abandoned: () => void;
}

export class Delivery implements UnderlyingDefaultSource<Uint8Array> {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #options: DeliveryOptions;
  readonly #transfer: Transfer | undefined;
  #control: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#transfer = options.transfers.start(options.abandoned);
    this.stream = new ReadableStream(this, { highWaterMark: 0 });
  }

  start(control: ReadableStreamDefaultController<Uint8Array>): void {
    this.#control = control;
  }

  /** The clock runs only while the client is the one who is waited for. */
  async pull(control: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { pieces, transfers, delivered } = this.#options;
    if (this.#transfer !== undefined) transfers.hold(this.#transfer);
    const piece = await pieces.next();
    if (piece === "broken") return;
    if (piece === "end") {
      delivered();
      return control.close();
    }
    control.enqueue(piece);
    if (this.#transfer === undefined) return;
    transfers.goOn(this.#transfer);
    transfers.took(this.#transfer, piece.length);
  }

  cancel(): void {
    this.#options.abandoned();
  }

  /** Cuts the client off, so that it does not take what it has for the whole. */
  breakOff(why: string): void {
    this.#options.pieces.breakOff();
    this.#control?.error(new Error(`broken off: ${why}`));
  }

  /** Nothing is counted any more. */
  end(): void {
    if (this.#transfer !== undefined) this.#options.transfers.end(this.#transfer);
  }
}
