/** Blobs on disk, which anybody may have touched: nothing leaves this file that is not, byte for byte, what was signed. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Sha256, sha256 } from "../base/bytes.ts";
import { codeOf, messageOf } from "../base/errors.ts";

export interface SignedBlob {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly length: number;
}

export type BlobFault = "missing" | "damaged" | "unreadable";

export type BlobReading =
  | { readonly kind: "verified"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "fault"; readonly fault: BlobFault; readonly detail: string };

/** For blobs that are small enough to be held in memory. */
export function readBlob(folder: string, blob: SignedBlob): BlobReading {
  if (blob.length === 0) return verify(new Uint8Array(), blob);
  try {
    return verify(readWhole(blobPath(folder, blob.sha256), blob.length), blob);
  } catch (thrown) {
    return readingFailed(thrown);
  }
}

export function blobPath(folder: string, name: Sha256): string {
  return join(folder, name.slice(0, 2), name);
}

/** Undefined where the file's length is another one: then it isn't even read. */
function readWhole(path: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).size !== length) return undefined;
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const read = readSync(file, bytes, at, length - at, at);
      if (read === 0) return undefined;
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function verify(bytes: Uint8Array<ArrayBuffer> | undefined, blob: SignedBlob): BlobReading {
  if (bytes === undefined)
    return { kind: "fault", fault: "damaged", detail: `not ${blob.length} bytes long` };
  const found = sha256(bytes);
  if (found === blob.sha256) return { kind: "verified", bytes };
  return { kind: "fault", fault: "damaged", detail: `its SHA-256 is ${found}` };
}

export function readingFailed(thrown: unknown): BlobReading & { readonly kind: "fault" } {
  const code = codeOf(thrown);
  const fault = code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable";
  return { kind: "fault", fault, detail: code ?? messageOf(thrown) };
}
