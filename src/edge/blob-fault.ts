/** What can be wrong with a blob on disk, which anybody may have touched. */
import type { Sha256 } from "../base/bytes.ts";
import { codeOf, messageOf } from "../base/errors.ts";

export interface SignedBlob {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly length: number;
}

export interface BlobFault {
  readonly kind: "fault";
  /** "unreadable": the system doesn't let us, or the disk fails. */
  readonly fault: "missing" | "damaged" | "unreadable";
  readonly detail: string;
}

/** From what the system threw. */
export function faultOfReading(thrown: unknown): BlobFault {
  const code = codeOf(thrown);
  return {
    kind: "fault",
    fault: code === "ENOENT" ? "missing" : "unreadable",
    detail: code ?? messageOf(thrown),
  };
}
