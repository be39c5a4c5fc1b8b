/**
 * A new edition as the files to write: only what changed gets a new version. The order in which they have to reach the disk:
 * `files` in any order, then the checkpoint, last the timestamp, which is the moment of publication.
 */
import { fromHex, type Sha256, sha256 } from "../base/bytes.ts";
import { dayMs, rfc3339 } from "../base/clock.ts";
import { buildRoles, type BuiltRoles, type Keyring, signersFor } from "./build-roles.ts";
import { signCheckpoint } from "./checkpoint.ts";
import type { ReadEditionFile, Withdrawal } from "./edition.ts";
import { logHead, proven } from "./log.ts";
import { tufTime, writeSigned } from "./metadata.ts";
import { blobName, metadataName } from "./names.ts";
import type { DescribedFile } from "./reading.ts";
import type { TrustedRoot } from "./root.ts";
import type { Target } from "./target.ts";
import { append } from "./tiles.ts";
import type { Trust } from "./trust.ts";
import type { VerifiedRole } from "./verify-roles.ts";
import { encodeWithdrawals, withdrawalsAddress } from "./withdrawals.ts";

/** What metadata other than the timestamp is good for: a year. Since expiry takes no page away, little depends on it. */
const validMs = 365 * dayMs;

export interface BuildInput {
  readonly root: TrustedRoot;
  /** The newest published edition as it was verified; versions go on from there. */
  readonly trust: Trust;
  /** Its roles, which stay where nothing changed in them; undefined: every file is written anew. */
  readonly roles: ReadonlyMap<string, VerifiedRole> | undefined;
  /** For the end of the transparency log. */
  readonly read: ReadEditionFile;
  readonly targets: readonly Target[];
  /** All of them, old and new. */
  readonly withdrawals: readonly Withdrawal[];
  readonly keys: Keyring;
  readonly nowMs: number;
  readonly timestampValidMs: number;
}

export interface BuiltEdition {
  /** By name below `editions/`; what is published so far names none of them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly checkpoint: Uint8Array;
  readonly timestamp: Uint8Array;
}

/** Throws where a key that is needed is not in the ring, or where the log's end can't be verified (Refusal). */
export async function buildEdition(input: BuildInput): Promise<BuiltEdition> {
  const { targets, keys, trust } = input;
  const list = encodeWithdrawals(input.withdrawals);
  const expires = tufTime(input.nowMs + validMs);
  const roles = buildRoles({
    targets: [...targets, listTarget(list)],
    keys,
    versions: trust.roles,
    known: input.roles,
    expires,
  });
  const version = (trust.snapshot?.version ?? 0) + 1;
  const bytes = writeSnapshot(input, { version, expires, roles });
  const snapshot = { version, sha256: sha256(bytes), length: bytes.length };
  const log = await extendLog(input, snapshot.sha256);
  return {
    files: new Map([
      [blobName(sha256(list)), list],
      ...roles.files,
      [metadataName("snapshot", version), bytes],
      ...log.files,
    ]),
    checkpoint: log.checkpoint,
    timestamp: writeTimestamp(input, {
      version: (trust.timestamp?.version ?? 0) + 1,
      snapshot,
      logIndex: log.index,
    }),
  };
}

function listTarget(list: Uint8Array): Target {
  return {
    ...withdrawalsAddress,
    area: "withdrawals",
    status: 200,
    type: "application/json",
    headers: {},
    sha256: sha256(list),
    length: list.length,
  };
}

function writeSnapshot(
  { targets, keys, nowMs }: BuildInput,
  facts: { readonly version: number; readonly expires: string; readonly roles: BuiltRoles },
): Uint8Array {
  const { version, expires, roles } = facts;
  const meta = [...roles.described].map(([role, file]) => [`${role}.json`, metaFile(file)] as const);
  const snapshot = {
    _type: "snapshot",
    version,
    expires,
    meta: Object.fromEntries(meta),
    "x-kasbah": {
      published_at: rfc3339(nowMs),
      pages: targets.length,
      bytes: targets.reduce((sum, { length }) => sum + length, 0),
    },
  } as const;
  return writeSigned(snapshot, signersFor(keys, "snapshot"));
}

interface ExtendedLog {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly checkpoint: Uint8Array;
  /** Where the snapshot stands in the log. */
  readonly index: number;
}

async function extendLog({ read, root, trust, keys }: BuildInput, snapshot: Sha256): Promise<ExtendedLog> {
  const { tree } = await logHead(read, root.logKey, trust.checkpoint);
  const { files, ...head } = await proven(() => append(tree, read, fromHex(snapshot)));
  const origin = root.logKey.name;
  return {
    files,
    index: tree.size,
    checkpoint: signCheckpoint({ origin, ...head }, signersFor(keys, "log")),
  };
}

/** What the timestamp says: on its own it is enough to renew one, or to finish a publication that was cut off before it. */
export function writeTimestamp(
  input: { readonly keys: Keyring; readonly nowMs: number; readonly timestampValidMs: number },
  facts: { readonly version: number; readonly snapshot: DescribedFile; readonly logIndex: number },
): Uint8Array {
  const timestamp = {
    _type: "timestamp",
    version: facts.version,
    expires: tufTime(input.nowMs + input.timestampValidMs),
    meta: { "snapshot.json": metaFile(facts.snapshot) },
    "x-kasbah": { log_index: facts.logIndex },
  } as const;
  return writeSigned(timestamp, signersFor(input.keys, "timestamp"));
}

function metaFile({ version, length, sha256: hash }: DescribedFile): {
  version: number;
  length: number;
  hashes: { sha256: string };
} {
  return { version, length, hashes: { sha256: hash } };
}
