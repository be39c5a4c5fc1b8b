/**
 * From files that anybody may have touched to an edition that may be shown, or the step that failed. Follows the client's
 * workflow of TUF 1.0 (section 5), then holds the edition to the withdrawals and to the transparency log. Expiry refuses
 * nothing: pages stay, and the edition says until when it counts as fresh.
 */
import { sha256 } from "../base/bytes.ts";
import type { Edition, ReadEditionFile, Withdrawal } from "./edition.ts";
import { readSnapshot, readTimestamp, type SnapshotFacts } from "./freshness.ts";
import { limits } from "./limits.ts";
import { requireInclusion, verifyLog } from "./log.ts";
import { blobName, metadataName } from "./names.ts";
import { readDescribed } from "./reading.ts";
import { during, type EditionFault, faultOf, Refusal } from "./refusal.ts";
import { followRoots, keysRotated, readRoot, type TrustedRoot } from "./root.ts";
import type { Target } from "./target.ts";
import type { Trust } from "./trust.ts";
import { collectTargets, type VerifiedRole, verifyRoles } from "./verify-roles.ts";
import {
  decodeWithdrawals,
  encodeWithdrawals,
  missingWithdrawal,
  Withdrawn,
  withdrawalsTargetName,
} from "./withdrawals.ts";

/** An edition with all that the next verification, or the next build, starts from. */
export interface VerifiedEdition {
  readonly edition: Edition;
  /** To be remembered in place of what was trusted before. */
  readonly trust: Trust;
  readonly root: TrustedRoot;
  readonly snapshot: SnapshotFacts;
  /** By role name: `targets` and all that it delegates to. */
  readonly roles: ReadonlyMap<string, VerifiedRole>;
}

export type Verification =
  | { readonly ok: true; readonly value: VerifiedEdition }
  | { readonly ok: false; readonly fault: EditionFault };

/**
 * Verifies the edition that `metadata/timestamp.json` names. With `previous` (what this returned before), files that did not
 * change are neither read nor checked again. Rejects only where reading itself fails.
 */
export async function verifyEdition(
  read: ReadEditionFile,
  trust: Trust,
  previous?: VerifiedEdition,
): Promise<Verification> {
  return await faultOf(() => verified(read, trust, previous));
}

async function verified(
  read: ReadEditionFile,
  trust: Trust,
  previous: VerifiedEdition | undefined,
): Promise<VerifiedEdition> {
  const chain = await followRoots(read, readRoot(trust.root));
  const root = chain.at(-1) ?? chain[0];
  const seen = keysRotated(chain) ? { timestamp: undefined, snapshot: undefined, roles: {} } : trust;
  const timestamp = await readTimestamp(read, root, seen.timestamp);
  const snapshot = await readSnapshot(read, root, timestamp.snapshot, seen);
  const contents = await readContents({ read, root, snapshot, trust, previous });
  requireGrowth(contents, trust.withdrawals);
  const log = await verifyLog(read, root.logKey, trust.checkpoint);
  await requireInclusion(log, timestamp.snapshot.sha256, timestamp.logIndex);
  const { targets, withdrawals, roles } = contents;
  const { logIndex, expiresAtMs } = timestamp;
  const { sha256: id, version } = timestamp.snapshot;
  return {
    root,
    roles,
    snapshot,
    edition: { id, version, logIndex, publishedAt: snapshot.publishedAt, expiresAtMs, targets, withdrawals },
    trust: {
      root: root.bytes,
      timestamp: timestamp.seen,
      snapshot: { version, sha256: id, logIndex },
      roles: Object.fromEntries([...snapshot.files].map(([role, file]) => [role, file.version])),
      withdrawals,
      checkpoint: log.checkpoint,
    },
  };
}

export interface Contents {
  readonly roles: ReadonlyMap<string, VerifiedRole>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly withdrawals: readonly Withdrawal[];
}

export interface ContentsInput {
  readonly read: ReadEditionFile;
  readonly root: TrustedRoot;
  readonly snapshot: SnapshotFacts;
  readonly trust: Trust;
  readonly previous: VerifiedEdition | undefined;
}

/** Everything below a snapshot, now or in history: delegations, targets, the list, and that one obeys the other. Throws Refusal. */
export async function readContents(input: ContentsInput): Promise<Contents> {
  const { read, root, snapshot, previous } = input;
  const roles = await verifyRoles({ read, files: snapshot.files, previous: previous?.roles }, root);
  const targets = collectTargets(roles.values());
  const list = targets.get(withdrawalsTargetName);
  if (list === undefined) throw new Refusal("withdrawals", "metadata", "has no list of withdrawals");
  targets.delete(withdrawalsTargetName);
  const withdrawals = knownWithdrawals(input, list) ?? (await readWithdrawals(read, list));
  requireFacts(snapshot, targets);
  requireWithdrawn(targets, withdrawals);
  return { roles, targets, withdrawals };
}

/** The list, where it is one that was read before: then its file may even be lost. */
function knownWithdrawals(
  { trust, previous }: ContentsInput,
  list: Target,
): readonly Withdrawal[] | undefined {
  const before = previous?.roles.get("withdrawals")?.targets.get(withdrawalsTargetName);
  if (before?.sha256 === list.sha256) return previous?.edition.withdrawals;
  return sha256(encodeWithdrawals(trust.withdrawals)) === list.sha256 ? trust.withdrawals : undefined;
}

async function readWithdrawals(read: ReadEditionFile, list: Target): Promise<readonly Withdrawal[]> {
  const file = blobName(list.sha256);
  const bytes = await readDescribed(read, "withdrawals", file, list, limits.withdrawalsBytes);
  return during("withdrawals", file, () => decodeWithdrawals(bytes));
}

/** The snapshot's counts are what `editions list` shows without reading everything: they have to be true. */
function requireFacts({ pages, bytes }: SnapshotFacts, targets: ReadonlyMap<string, Target>): void {
  const found = [...targets.values()].reduce((sum, { length }) => sum + length, 0);
  if (targets.size !== pages || found !== bytes) {
    throw new Refusal("snapshot", "metadata", `speaks of ${pages} pages, and there are ${targets.size}`);
  }
}

function requireWithdrawn(targets: ReadonlyMap<string, Target>, withdrawals: readonly Withdrawal[]): void {
  const withdrawn = new Withdrawn(withdrawals);
  for (const [name, target] of targets) {
    if (withdrawn.forbids(target))
      throw new Refusal("withdrawals", name, `shows what was withdrawn: ${target.path}`);
  }
}

/** The list only ever grows. */
function requireGrowth({ roles, withdrawals }: Contents, known: readonly Withdrawal[]): void {
  const missing = missingWithdrawal(withdrawals, known);
  if (missing === undefined) return;
  const file = metadataName("withdrawals", roles.get("withdrawals")?.version ?? 0);
  throw new Refusal("withdrawals", file, `lacks the withdrawal of ${missing.path}, which was known`);
}
