/** A verified edition, as the edge holds it: what `verify.ts` returns and nothing else makes. */
import type { Sha256 } from "../base/bytes.ts";
import type { Target } from "./target.ts";

/** One entry of the signed, only-growing list: the address answers 410 and its blobs are refused and erased. */
export interface Withdrawal {
  readonly site: string;
  readonly path: string;
  /** RFC 3339. */
  readonly at: string;
  /** Every blob, of any edition, that showed what was withdrawn. */
  readonly blobs: readonly Sha256[];
}

export interface Edition {
  /** SHA-256 of the snapshot's bytes. */
  readonly id: Sha256;
  /** Of the timestamp; rises by one with each edition. */
  readonly version: number;
  readonly logIndex: number;
  /** RFC 3339. */
  readonly publishedAt: string;
  /** When the timestamp expires, ms since 1970. Pages stay; the edition is then stale. */
  readonly expiresAtMs: number;
  /** By `targetName`. What was withdrawn is no longer in it. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly withdrawals: readonly Withdrawal[];
}

/** Reads a file below `editions/` by its relative name (`metadata/timestamp.json`, `log/checkpoint`); undefined where it is missing. */
export type ReadEditionFile = (name: string) => Promise<Uint8Array | undefined>;
