/**
 * Reads the edition's blobs again and again, slowly, and compares each with its name: what was changed by hand or by a failing
 * disk is found before a reader asks for it. Runs in the main thread, which answers nobody.
 */
import { join } from "node:path";
import { blobName } from "../edition/names.ts";
import type { BlobStore } from "../store/blobs.ts";
import { type BlobFault, faultOfReading, type SignedBlob } from "./blob-fault.ts";
import { verifyPieces } from "./large-blobs.ts";

export interface ScrubOptions {
  /** `DATA/editions`. */
  readonly folder: string;
  readonly blobs: BlobStore;
  /** Longer blobs are read piece by piece. */
  readonly largeBytes: number;
  /** What the edition that is served needs. */
  readonly needed: () => Iterable<SignedBlob>;
  readonly found: (blob: SignedBlob, fault: BlobFault) => void;
}

/** One round, as long as there is not more to read than `bytesPerS` allows. */
const roundMs = 20_000;
const bytesPerS = 64 * 1024 * 1024;
const stepMs = 100;

/** Resolves with the fault, or undefined where the blob is whole. */
export async function checkBlob(
  blob: SignedBlob,
  { folder, blobs, largeBytes }: Pick<ScrubOptions, "folder" | "blobs" | "largeBytes">,
): Promise<BlobFault | undefined> {
  if (blob.length >= largeBytes) {
    const pieces = await verifyPieces(join(folder, blobName(blob.sha256)), blob);
    return "kind" in pieces ? pieces : undefined;
  }
  try {
    const { state } = await blobs.get(blob.sha256, blob.length);
    return state === "whole" ? undefined : { kind: "fault", fault: state, detail: "found while re-reading" };
  } catch (thrown) {
    return faultOfReading(thrown);
  }
}

/** Goes round until it is stopped. */
export class Scrub implements Disposable {
  readonly #options: ScrubOptions;
  #stopped = false;

  constructor(options: ScrubOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      await this.round();
      await Bun.sleep(stepMs);
    }
  }

  /** Every blob once. Says how many were looked at. */
  async round(): Promise<number> {
    const blobs = [...this.#options.needed()];
    const perStep = Math.ceil(blobs.length / (roundMs / stepMs));
    let bytes = 0;
    for (const [at, blob] of blobs.entries()) {
      if (this.#stopped) return at;
      const fault = await checkBlob(blob, this.#options);
      if (fault !== undefined) this.#options.found(blob, fault);
      bytes += blob.length;
      if ((at + 1) % perStep !== 0) continue;
      await Bun.sleep(Math.max(stepMs, (bytes * 1000) / bytesPerS));
      bytes = 0;
    }
    return blobs.length;
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
  }
}
