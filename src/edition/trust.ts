/** What a verifier remembers between editions, so that nothing older or other is ever taken (TUF 1.0, 5.4 to 5.6); and its form on disk. */
import { z } from "zod";
import { base64, fromBase64, isSha256 } from "../base/bytes.ts";
import { canonical, parseCanonical } from "./canonical.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Withdrawal } from "./edition.ts";
import type { SeenFile } from "./reading.ts";
import { readRoot } from "./root.ts";
import { decodeWithdrawals, encodeWithdrawals } from "./withdrawals.ts";

export interface Trust {
  /** The newest root that the chain led to. */
  readonly root: Uint8Array;
  /** The newest that was verified; undefined: none yet. */
  readonly timestamp: SeenFile | undefined;
  readonly snapshot: (SeenFile & { readonly logIndex: number }) | undefined;
  /** Versions of targets and of every delegated role, by role. */
  readonly roles: Readonly<Record<string, number>>;
  readonly withdrawals: readonly Withdrawal[];
  readonly checkpoint: Checkpoint | undefined;
}

/** Trust on first use: from the pinned `metadata/1.root.json`. Throws Refusal where it isn't signed by its own keys. */
export function pinRoot(root: Uint8Array): Trust {
  readRoot(root);
  return {
    root,
    timestamp: undefined,
    snapshot: undefined,
    roles: {},
    withdrawals: [],
    checkpoint: undefined,
  };
}

const count = z.int().nonnegative();
const bytes = z.base64().transform(fromBase64);
const seenSchema = z.strictObject({ version: count, sha256: z.string().refine(isSha256) });
const trustSchema = z.strictObject({
  root: bytes,
  timestamp: seenSchema.nullable(),
  snapshot: seenSchema.extend({ logIndex: count }).nullable(),
  roles: z.record(z.string(), count),
  withdrawals: bytes,
  checkpoint: z.strictObject({ origin: z.string(), size: count, root: bytes }).nullable(),
});

/** For a row in a database. */
export function encodeTrust(trust: Trust): Uint8Array {
  const { checkpoint } = trust;
  return canonical({
    root: base64(trust.root),
    timestamp: trust.timestamp ?? null,
    snapshot: trust.snapshot ?? null,
    roles: trust.roles,
    withdrawals: base64(encodeWithdrawals(trust.withdrawals)),
    checkpoint: checkpoint === undefined ? null : { ...checkpoint, root: base64(checkpoint.root) },
  });
}

/** Throws where the bytes are not what `encodeTrust` writes. */
export function decodeTrust(data: Uint8Array): Trust {
  const fields = trustSchema.parse(parseCanonical(data));
  return {
    ...fields,
    timestamp: fields.timestamp ?? undefined,
    snapshot: fields.snapshot ?? undefined,
    withdrawals: decodeWithdrawals(fields.withdrawals),
    checkpoint: fields.checkpoint ?? undefined,
  };
}
