/** A large answer's body: one verified piece each time the reader has taken the one before, until it ends, breaks off or is cut. */
import type { BlobFault } from "./blob-fault.ts";
import type { LargeBlob } from "./large-blobs.ts";
import type { Transfer, Transfers } from "./transfers.ts";

export interface PieceStreamOptions {
  /** Closed when the stream is over, however that comes. */
  readonly blob: LargeBlob;
  /** Bytes, both included. */
  readonly first: number;
  readonly last: number;
  readonly transfers: Transfers;
  /** The reader's /24 or /48 (src/decision/source.ts). */
  readonly prefix: number;
  /** The file is no longer what was signed. */
  readonly damaged: (fault: BlobFault) => void;
  /** The stream is over. */
  readonly ended: () => void;
}

type Control = ReadableStreamDefaultController<Uint8Array>;

/** Undefined where too many large answers are on their way already; the blob is then the caller's to close. */
export function pieceStream(options: PieceStreamOptions): ReadableStream<Uint8Array> | undefined {
  const source = new PieceSource(options);
  return source.begin() ? new ReadableStream(source, { highWaterMark: 0 }) : undefined;
}

class PieceSource implements UnderlyingDefaultSource<Uint8Array> {
  readonly #options: PieceStreamOptions;
  #transfer: Transfer | undefined;
  #control: Control | undefined;
  #offset: number;

  constructor(options: PieceStreamOptions) {
    this.#options = options;
    this.#offset = options.first;
  }

  /** False where there is no room. */
  begin(): boolean {
    const { transfers, prefix } = this.#options;
    this.#transfer = transfers.start(() => this.#cut(), prefix);
    return this.#transfer !== undefined;
  }

  start(control: Control): void {
    this.#control = control;
  }

  async pull(control: Control): Promise<void> {
    const { blob, last, transfers } = this.#options;
    const piece = await blob.piece(this.#offset);
    if (this.#transfer === undefined) return;
    if (piece === undefined) return await this.#breakOff(control);
    const wanted = piece.subarray(0, last + 1 - this.#offset);
    control.enqueue(wanted);
    transfers.took(this.#transfer, wanted.length);
    this.#offset += wanted.length;
    if (this.#offset <= last) return;
    await this.cancel();
    control.close();
  }

  /** The reader is gone, or has everything. */
  async cancel(): Promise<void> {
    if (this.#transfer === undefined) return;
    this.#options.transfers.end(this.#transfer);
    this.#transfer = undefined;
    this.#options.ended();
    await this.#options.blob[Symbol.asyncDispose]();
  }

  async #breakOff(control: Control): Promise<void> {
    this.#options.damaged({ kind: "fault", fault: "damaged", detail: `from byte ${this.#offset} on` });
    await this.cancel();
    control.error(new Error("broken off: the blob on disk is damaged"));
  }

  #cut(): void {
    void this.cancel();
    this.#control?.error(new Error("cut: taken too slowly"));
  }
}
