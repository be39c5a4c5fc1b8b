/**
 * Blobs that are too large to be held. A first reading of the whole file verifies it and notes the SHA-256 of every piece;
 * from then on each piece is read when a reader is ready for it, and compared before it is sent. So a file that changes
 * in between is cut off, never shown.
 */
import type { FileHandle } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { sameBytes, sha256Bytes } from "../base/bytes.ts";
import { RecentMap } from "../base/recent-map.ts";
import { blobName } from "../edition/names.ts";
import { openPlainFile } from "../store/files.ts";
import { type BlobFault, faultOfReading, RecentFaults, type SignedBlob } from "./blob-fault.ts";

export const pieceBytes = 128 * 1024;
/** 32 bytes a piece: enough for 4 GiB of blobs. */
const rememberedHashes = 32_768;

type Hashes = readonly Uint8Array[];

export type LargeReading = { readonly kind: "open"; readonly blob: LargeBlob } | BlobFault;

export class LargeBlobs {
  readonly #folder: string;
  readonly #verified: RecentMap<string, Hashes>;
  readonly #faults: RecentFaults<string>;
  readonly #verifying = new Map<string, Promise<Hashes | BlobFault>>();

  /** `DATA/editions`. */
  constructor(folder: string, monotonicMs: () => number) {
    this.#folder = folder;
    this.#faults = new RecentFaults(monotonicMs);
    this.#verified = new RecentMap(rememberedHashes);
  }

  /** The caller closes the blob. */
  async open(signed: SignedBlob): Promise<LargeReading> {
    const hashes = this.#verified.get(signed.sha256) ?? (await this.#verify(signed));
    if ("kind" in hashes) return hashes;
    try {
      const file = await openPlainFile(join(this.#folder, blobName(signed.sha256)));
      return { kind: "open", blob: new LargeBlob(file, signed, hashes) };
    } catch (thrown) {
      return faultOfReading(thrown);
    }
  }

  /** What was noted about a file that turned out changed is worth nothing. */
  forget({ sha256 }: SignedBlob): void {
    this.#verified.delete(sha256);
  }

  /** However many ask at once, a file is read once. */
  async #verify(signed: SignedBlob): Promise<Hashes | BlobFault> {
    const running = this.#verifying.get(signed.sha256);
    if (running !== undefined) return await running;
    const known = this.#faults.find(signed.sha256);
    if (known !== undefined) return known;
    const verifying = verifyPieces(join(this.#folder, blobName(signed.sha256)), signed).finally(() =>
      this.#verifying.delete(signed.sha256),
    );
    this.#verifying.set(signed.sha256, verifying);
    const hashes = await verifying;
    if ("kind" in hashes) return this.#faults.remember(signed.sha256, hashes);
    this.#verified.set(signed.sha256, hashes, hashes.length);
    return hashes;
  }
}

export class LargeBlob implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #signed: SignedBlob;
  readonly #hashes: Hashes;

  constructor(file: FileHandle, signed: SignedBlob, hashes: Hashes) {
    this.#file = file;
    this.#signed = signed;
    this.#hashes = hashes;
  }

  /** The verified piece around the byte at `offset`, from that byte on; undefined where the file is no longer what was signed. */
  async piece(offset: number): Promise<Uint8Array | undefined> {
    const at = Math.floor(offset / pieceBytes);
    const start = at * pieceBytes;
    const piece = await readPiece(this.#file, start, Math.min(pieceBytes, this.#signed.length - start));
    const hash = this.#hashes[at];
    if (piece === undefined || hash === undefined || !sameBytes(sha256Bytes(piece), hash)) return undefined;
    return piece.subarray(offset - start);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/** The SHA-256 of each piece, if together they are what was signed. Never rejects. */
export async function verifyPieces(
  path: string,
  { sha256, length }: SignedBlob,
): Promise<Hashes | BlobFault> {
  try {
    await using file = await openPlainFile(path);
    const whole = createHash("sha256");
    const hashes: Uint8Array[] = [];
    for (let at = 0; at < length; at += pieceBytes) {
      const piece = await readPiece(file, at, Math.min(pieceBytes, length - at));
      if (piece === undefined) break;
      whole.update(piece);
      hashes.push(sha256Bytes(piece));
    }
    const found = whole.digest("hex");
    const longer = (await file.stat()).size !== length;
    if (found === sha256 && !longer) return hashes;
    return {
      kind: "fault",
      fault: "damaged",
      detail: longer ? `not ${length} bytes long` : `its SHA-256 is ${found}`,
    };
  } catch (thrown) {
    return faultOfReading(thrown);
  }
}

async function readPiece(file: FileHandle, at: number, length: number): Promise<Uint8Array | undefined> {
  const piece = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(piece, filled, length - filled, at + filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return piece;
}
