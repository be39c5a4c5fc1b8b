/** The first root of trust, and those that replace it when keys do. */
import type { Clock } from "../base/clock.ts";
import { assert, OperatorError } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import { type Keyring, signersFor } from "../edition/build-roles.ts";
import { keyId } from "../edition/keys.ts";
import { formatNoteKey, noteKey } from "../edition/note.ts";
import type { KeyRole, TopRole } from "../edition/roles.ts";
import { type RootPlan, writeRoot } from "../edition/root.ts";
import {
  type KeyFileName,
  type KeyFiles,
  newKeys,
  onlineRoles,
  ringOf,
  type StoredKey,
} from "./key-files.ts";
import type { Press } from "./press.ts";

/** Version 1; its log is named after its root key, so that no two newsrooms have the same. */
export function firstRoot(keys: Keyring, clock: Clock): Uint8Array {
  const [rootKey] = signersFor(keys, "root");
  assert(rootKey !== undefined, "a ring with a root key");
  const origin = `kasbah/${keyId(rootKey.publicKey).slice(0, 16)}`;
  return writeRoot(planOf(1, origin, keys), clock.nowMs(), keys("root"));
}

function planOf(version: number, origin: string, keys: Keyring): RootPlan {
  const held = (role: TopRole): { keys: Uint8Array[]; threshold: number } => ({
    keys: signersFor(keys, role).map(({ publicKey }) => publicKey),
    threshold: 1,
  });
  const [logKey] = signersFor(keys, "log");
  assert(logKey !== undefined, "a ring with a log key");
  const roles = {
    root: held("root"),
    timestamp: held("timestamp"),
    snapshot: held("snapshot"),
    targets: held("targets"),
  };
  return { version, roles, logKey: formatNoteKey(noteKey(origin, logKey.publicKey)) };
}

export interface RotationInput {
  readonly files: KeyFiles;
  readonly press: Pick<Press, "current" | "root" | "publish" | "addRoot">;
  readonly random: Random;
  readonly clock: Clock;
}

/**
 * Replaces keys so that nobody is left behind: an edition signed by old and new keys, then the root that names the new ones, then
 * the old ones go. Cut off anywhere, it is finished by asking again. Resolves with the new root's version.
 */
export async function rotateKeys(which: KeyFileName, input: RotationInput): Promise<number> {
  const { files, press, clock } = input;
  requireRoot(files);
  const current = press.current?.edition;
  if (current === undefined) throw nothingPublished();
  if (!files.keys().some(({ retiring }) => retiring)) await files.save(which, successors(which, input));
  await press.publish({ targets: [...current.targets.values()], withdrawals: current.withdrawals });
  const { version, logKey } = press.root;
  const staying = ringOf(files.keys().filter(({ retiring }) => !retiring));
  const plan = planOf(version + 1, logKey.name, staying);
  await press.addRoot(writeRoot(plan, clock.nowMs(), files.ring("root")));
  for (const name of ["online", "root"] as const) {
    const kept = files.keys(name).filter(({ retiring }) => !retiring);
    if (kept.length < files.keys(name).length) await files.save(name, kept);
  }
  return version + 1;
}

function requireRoot(files: KeyFiles): void {
  if (files.hasRoot) return;
  throw new OperatorError("the root key is not on this machine", {
    hint: `bring ${files.pathOf("root")} back for as long as this takes`,
    exitCode: 2,
  });
}

function nothingPublished(): OperatorError {
  return new OperatorError("nothing is published yet, so nobody relies on these keys", {
    hint: "`kasbah publish` first, or remove the files and make new ones with `kasbah keys new`",
    exitCode: 2,
  });
}

/** Old keys beside new ones. Who signs only what is delegated needs no transition: the delegation comes with the edition. */
function successors(which: KeyFileName, { files, random, clock }: RotationInput): StoredKey[] {
  const old = files.keys(which);
  const replaced: readonly KeyRole[] = which === "root" ? ["root"] : onlineRoles;
  const needed: readonly KeyRole[] = ["root", "timestamp", "snapshot", "log"];
  const kept = old.filter(({ role }) => !replaced.includes(role));
  const retiring = old
    .filter(({ role }) => replaced.includes(role) && needed.includes(role))
    .map((key): StoredKey => Object.assign({ ...key }, { retiring: true }));
  return [...kept, ...retiring, ...newKeys(replaced, random, clock)];
}
