/** The transparency log as a verifier sees it: this snapshot is in it, and it still begins with all that was seen before. */
import { fromHex, type Sha256, sameBytes, utf8 } from "../base/bytes.ts";
import { messageOf } from "../base/errors.ts";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import type { ReadEditionFile } from "./edition.ts";
import { emptyRoot, extendsTree, includes, leafHash } from "./merkle.ts";
import { checkpointName } from "./names.ts";
import type { NoteKey } from "./note.ts";
import { Refusal } from "./refusal.ts";
import { findEntry, TiledTree } from "./tiles.ts";

export interface VerifiedLog {
  readonly checkpoint: Checkpoint;
  /** Its proofs and entries are only as good as `checkpoint`: hold them against it. */
  readonly tree: TiledTree;
}

/**
 * The end of the log for whoever adds to it. Empty where nothing was published yet, or where the root now names another log.
 * Throws Refusal.
 */
export async function logHead(
  read: ReadEditionFile,
  key: NoteKey,
  known: Checkpoint | undefined,
): Promise<VerifiedLog> {
  const data = await read(checkpointName);
  const begun = known?.origin === key.name || isOf(data ?? new Uint8Array(), key.name);
  if (begun) return await requireWholeEnd(await verifyLog(read, key, known));
  return { checkpoint: { origin: key.name, size: 0, root: emptyRoot }, tree: new TiledTree(0, read) };
}

/** Whoever adds to damaged tiles would sign a tree that nobody else has. */
async function requireWholeEnd(log: VerifiedLog): Promise<VerifiedLog> {
  const whole = await proven(async () => sameBytes(await log.tree.root(), log.checkpoint.root));
  if (!whole) throw new Refusal("log", checkpointName, "is not the root of the tiles on the disk");
  return log;
}

function isOf(checkpoint: Uint8Array, origin: string): boolean {
  const start = utf8(`${origin}\n`);
  return sameBytes(checkpoint.subarray(0, start.length), start);
}

/** The newest checkpoint, consistent with the one known before. Throws Refusal. */
export async function verifyLog(
  read: ReadEditionFile,
  key: NoteKey,
  known: Checkpoint | undefined,
): Promise<VerifiedLog> {
  const data = await read(checkpointName);
  if (data === undefined) throw new Refusal("log", checkpointName, "is missing");
  const opened = openCheckpoint(data, key);
  if (!opened.ok) throw new Refusal("log", checkpointName, opened.reason);
  const { checkpoint } = opened;
  const tree = new TiledTree(checkpoint.size, read);
  // A root that names another log starts anew: the way out after a log key was stolen.
  if (known !== undefined && known.origin === checkpoint.origin)
    await requireConsistency(tree, checkpoint, known);
  return { checkpoint, tree };
}

async function requireConsistency(tree: TiledTree, checkpoint: Checkpoint, known: Checkpoint): Promise<void> {
  if (checkpoint.size < known.size) {
    throw new Refusal(
      "log",
      checkpointName,
      `has ${checkpoint.size} entries; ${known.size} were seen before`,
    );
  }
  const proof = await proven(() => tree.consistencyProof(known.size));
  if (known.size > 0 && !extendsTree(known, checkpoint, proof)) {
    throw new Refusal("log", checkpointName, "does not continue the log that was seen before");
  }
}

/** Throws Refusal unless the snapshot with this hash is entry `index`. */
export async function requireInclusion(
  { checkpoint, tree }: VerifiedLog,
  snapshot: Sha256,
  index: number,
): Promise<void> {
  const { root, size } = checkpoint;
  const inRange = index < size;
  const proof = inRange ? await proven(() => tree.inclusionProof(index)) : [];
  if (!includes(root, size, index, leafHash(fromHex(snapshot)), proof)) {
    throw new Refusal("log", checkpointName, `does not include the snapshot as entry ${index}`);
  }
}

/** Where a snapshot stands in the log, proven; undefined where it doesn't. Throws Refusal where the log is damaged. */
export async function locate(log: VerifiedLog, snapshot: Sha256): Promise<number | undefined> {
  const index = await proven(() => findEntry(log.tree, fromHex(snapshot)));
  if (index !== undefined) await requireInclusion(log, snapshot, index);
  return index;
}

/** Whatever the tiles on the disk make fail is a fault of the log. */
export async function proven<T>(prove: () => Promise<T>): Promise<T> {
  try {
    return await prove();
  } catch (thrown) {
    throw new Refusal("log", checkpointName, `can't be proven: ${messageOf(thrown)}`);
  }
}
