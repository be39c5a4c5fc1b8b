/** Timestamp and snapshot: which edition is the newest, and which version of every file belongs to it (TUF 1.0, 5.4 and 5.5). */
import type { Snapshot } from "@tufjs/models";
import { z } from "zod";
import { sha256 } from "../base/bytes.ts";
import type { ReadEditionFile } from "./edition.ts";
import { limits } from "./limits.ts";
import { readSigned, requireSignatures } from "./metadata.ts";
import { metadataName, timestampName } from "./names.ts";
import {
  type DescribedFile,
  describedFile,
  readDescribed,
  readLimited,
  requireNotOlder,
  requireVersion,
  type SeenFile,
} from "./reading.ts";
import { during } from "./refusal.ts";
import type { TrustedRoot } from "./root.ts";

export interface TimestampFacts {
  readonly seen: SeenFile;
  readonly snapshot: DescribedFile;
  readonly logIndex: number;
  readonly expiresAtMs: number;
}

/** TUF lets metadata carry fields of its own; these are ours. */
export const timestampFields = z.strictObject({ log_index: z.int().nonnegative() });
export const snapshotFields = z.strictObject({
  published_at: z.iso.datetime(),
  pages: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});

/** Throws Refusal. Whether it has expired is the caller's to say. */
export async function readTimestamp(
  read: ReadEditionFile,
  root: TrustedRoot,
  seen: SeenFile | undefined,
): Promise<TimestampFacts> {
  const bytes = await readLimited(read, "timestamp", timestampName, limits.timestampBytes);
  return during("timestamp", timestampName, () => {
    const metadata = readSigned("timestamp", bytes);
    requireSignatures(root.metadata, "timestamp", metadata);
    const { version, expires, snapshotMeta, unrecognizedFields } = metadata.signed;
    const found = { version, sha256: sha256(bytes) };
    requireNotOlder(found, seen);
    const { log_index: logIndex } = timestampFields.parse(unrecognizedFields["x-kasbah"]);
    return { seen: found, snapshot: describedFile(snapshotMeta), logIndex, expiresAtMs: Date.parse(expires) };
  });
}

export interface SnapshotFacts {
  /** By role: targets and everything delegated. */
  readonly files: ReadonlyMap<string, DescribedFile>;
  /** RFC 3339. */
  readonly publishedAt: string;
  /** How many targets there are, and what their blobs weigh together. */
  readonly pages: number;
  readonly bytes: number;
}

/** Throws Refusal. `seen`: what was verified before. */
export async function readSnapshot(
  read: ReadEditionFile,
  root: TrustedRoot,
  described: DescribedFile,
  seen: { readonly snapshot: SeenFile | undefined; readonly roles: Readonly<Record<string, number>> },
): Promise<SnapshotFacts> {
  const file = metadataName("snapshot", described.version);
  const bytes = await readDescribed(read, "snapshot", file, described, limits.snapshotBytes);
  return during("snapshot", file, () => {
    requireNotOlder(described, seen.snapshot);
    const metadata = readSigned("snapshot", bytes);
    requireSignatures(root.metadata, "snapshot", metadata);
    requireVersion(metadata, described);
    const facts = snapshotFacts(metadata.signed);
    requireNoOlderRole(facts.files, seen.roles);
    return facts;
  });
}

/** Throws where the snapshot is not of our form. */
export function snapshotFacts({ meta, unrecognizedFields }: Snapshot): SnapshotFacts {
  const files = Object.entries(meta).map(([name, file]) => {
    if (!name.endsWith(".json")) throw new Error(`lists "${name}"`);
    return [name.slice(0, -".json".length), describedFile(file)] as const;
  });
  const { published_at: publishedAt, pages, bytes } = snapshotFields.parse(unrecognizedFields["x-kasbah"]);
  return { files: new Map(files), publishedAt, pages, bytes };
}

function requireNoOlderRole(
  files: ReadonlyMap<string, DescribedFile>,
  seen: Readonly<Record<string, number>>,
): void {
  for (const [role, version] of Object.entries(seen)) {
    const found = files.get(role)?.version;
    if (found === undefined) throw new Error(`no longer lists ${role}`);
    if (found < version) throw new Error(`lists ${role} in version ${found}; ${version} was seen before`);
  }
}
