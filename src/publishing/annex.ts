/**
 * Blobs that belong to an edition although no address leads to them, because one of its targets names them: the baseline of a
 * protected site. Publishing keeps, restores and withdraws them without knowing what they are.
 */
import type { Sha256 } from "../base/bytes.ts";
import type { Address } from "../edition/target.ts";

export interface Annex {
  /** What must stay on the disk. */
  needed(): Iterable<Sha256>;
  /** The bytes with exactly this hash, from where they are kept beside the edition; undefined: they are not. */
  restore(wanted: Sha256): Promise<Uint8Array | undefined>;
  /** All that ever showed this address, and is shown nowhere else now: what its withdrawal takes away. */
  showing(address: Address): readonly Sha256[];
  /** These are no longer on the disk, since nothing needed them. */
  forget(blobs: readonly Sha256[]): void;
}

/** Where nothing is named beside pages. */
export const noAnnex: Annex = {
  needed: () => [],
  restore: () => Promise.resolve(undefined),
  showing: () => [],
  forget: () => {},
};
