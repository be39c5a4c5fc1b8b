/**
 * Earlier editions: a snapshot that the log includes vouches for every file below it by hash. What was withdrawn since is
 * left out, whoever asks.
 */
import { sha256 } from "../base/bytes.ts";
import type { Edition, ReadEditionFile } from "./edition.ts";
import { snapshotFacts, type SnapshotFacts } from "./freshness.ts";
import { limits } from "./limits.ts";
import { locate, verifyLog } from "./log.ts";
import { readSigned, requireSignatures } from "./metadata.ts";
import { metadataName } from "./names.ts";
import { type DescribedFile, readLimited } from "./reading.ts";
import { during, type EditionFault, faultOf, Refusal } from "./refusal.ts";
import { followRoots, readRoot, type TrustedRoot } from "./root.ts";
import type { Target } from "./target.ts";
import type { Trust } from "./trust.ts";
import { readContents } from "./verify.ts";
import { mergeWithdrawals, Withdrawn } from "./withdrawals.ts";

export interface StoredSnapshot {
  readonly described: DescribedFile;
  readonly facts: SnapshotFacts;
}

/** What a snapshot on disk says about itself. Throws Refusal where it is damaged; signatures are not checked. */
export async function readStoredSnapshot(read: ReadEditionFile, version: number): Promise<StoredSnapshot> {
  const { described, facts } = await openSnapshot(read, version);
  return { described, facts };
}

export interface PastEdition extends Edition {
  /** What it had, and what was withdrawn since. */
  readonly withheld: readonly Target[];
}

export type PastVerification =
  | { readonly ok: true; readonly value: PastEdition }
  | { readonly ok: false; readonly fault: EditionFault };

/**
 * Verifies edition `version` as it was published, less what was withdrawn since. `trust.root` has to be a root of its time
 * or an earlier one. It counts as expired: `expiresAtMs` is 0.
 */
export async function verifyPastEdition(
  read: ReadEditionFile,
  trust: Trust,
  version: number,
): Promise<PastVerification> {
  return await faultOf(() => verifiedPast(read, trust, version));
}

/** How far back `newestPastEdition` looks. */
const attemptsMax = 20;

/**
 * What to serve after a start at which the current edition does not verify, because somebody or a failing disk got at it: the
 * newest one that does. Undefined where none of the last twenty does.
 */
export async function newestPastEdition(read: ReadEditionFile, trust: Trust): Promise<Edition | undefined> {
  const newest = trust.snapshot?.version ?? 0;
  for (let version = newest; version > Math.max(0, newest - attemptsMax); version -= 1) {
    const past = await verifyPastEdition(read, trust, version);
    if (past.ok) return past.value;
  }
  return undefined;
}

async function verifiedPast(read: ReadEditionFile, trust: Trust, version: number): Promise<PastEdition> {
  const chain = await followRoots(read, readRoot(trust.root));
  const newest = chain.at(-1) ?? chain[0];
  const { described, facts, metadata } = await openSnapshot(read, version);
  const file = metadataName("snapshot", version);
  const root = chain.findLast((candidate) => signed(candidate, metadata));
  if (root === undefined) throw new Refusal("snapshot", file, "is not signed by keys that were ever trusted");
  const logIndex = await logIndexOf(described, read, newest, trust);

  const contents = await readContents({ read, root, snapshot: facts, trust, previous: undefined });
  const withdrawals = mergeWithdrawals(trust.withdrawals, contents.withdrawals);
  const withdrawn = new Withdrawn(withdrawals);
  const all = [...contents.targets];
  const { sha256: id } = described;
  return {
    id,
    version,
    logIndex,
    publishedAt: facts.publishedAt,
    expiresAtMs: 0,
    targets: new Map(all.filter(([, target]) => !withdrawn.forbids(target))),
    withdrawals,
    withheld: all.map(([, target]) => target).filter((target) => withdrawn.forbids(target)),
  };
}

/** The snapshot that was verified last needs no log to be believed. */
async function logIndexOf(
  { version, sha256: hash }: DescribedFile,
  read: ReadEditionFile,
  root: TrustedRoot,
  trust: Trust,
): Promise<number> {
  if (trust.snapshot?.sha256 === hash) return trust.snapshot.logIndex;
  const log = await verifyLog(read, root.logKey, trust.checkpoint);
  const index = await locate(log, hash);
  const file = metadataName("snapshot", version);
  if (index === undefined) throw new Refusal("log", file, "is not in the transparency log");
  return index;
}

async function openSnapshot(
  read: ReadEditionFile,
  version: number,
): Promise<StoredSnapshot & { readonly metadata: ReturnType<typeof readSigned<"snapshot">> }> {
  const file = metadataName("snapshot", version);
  const bytes = await readLimited(read, "snapshot", file, limits.snapshotBytes);
  return during("snapshot", file, () => {
    const metadata = readSigned("snapshot", bytes);
    if (metadata.signed.version !== version) throw new Error(`is version ${metadata.signed.version}`);
    const described = { version, sha256: sha256(bytes), length: bytes.length };
    return { described, facts: snapshotFacts(metadata.signed), metadata };
  });
}

function signed(root: TrustedRoot, metadata: ReturnType<typeof readSigned<"snapshot">>): boolean {
  try {
    requireSignatures(root.metadata, "snapshot", metadata);
    return true;
  } catch {
    return false;
  }
}
