/** The newsroom's keys and first root at a start: made when there is nothing yet, never made again where something relies on them. */
import type { Clock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Random } from "../base/random.ts";
import type { DataFolder } from "../config/data-folder.ts";
import { metadataName } from "../edition/names.ts";
import { faultOf } from "../edition/refusal.ts";
import { followRoots, readRoot } from "../edition/root.ts";
import { KeyFiles } from "../publishing/key-files.ts";
import type { PublishingMemory } from "../publishing/memory.ts";
import { firstRoot } from "../publishing/roots.ts";
import type { EditionFolder } from "../store/edition-folder.ts";

export interface TrustInput {
  readonly data: DataFolder;
  readonly folder: EditionFolder;
  readonly memory: PublishingMemory;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
}

/** Afterwards `memory` knows the roots. Throws OperatorError where keys are missing that must not be replaced. */
export async function openKeys({ data, folder, memory, random, clock, log }: TrustInput): Promise<KeyFiles> {
  const files = await KeyFiles.open(data.keys);
  if (memory.roots().length === 0) await learnRoots(folder, memory, log);
  const known = memory.roots().length > 0;
  if (!files.hasOnline && !files.hasRoot && !known) await files.create(random, clock);
  if (!files.hasOnline) throw keysAreMissing(files.pathOf("online"));
  if (known) return files;
  if (!files.hasRoot) throw keysAreMissing(files.pathOf("root"));
  memory.addRoot(1, firstRoot(files.ring, clock));
  return files;
}

/** From the editions folder: the database is new, and readers' edges trust what lies there. */
async function learnRoots(folder: EditionFolder, memory: PublishingMemory, log: Log): Promise<void> {
  const first = await folder.read(metadataName("root", 1));
  if (first === undefined) return;
  const chain = await faultOf(() => followRoots(folder.read, readRoot(first)));
  if (!chain.ok) {
    throw new OperatorError(`${chain.fault.file} is damaged: it ${chain.fault.reason}`, {
      hint: "restore the editions folder or newsroom.sqlite from a backup",
    });
  }
  for (const { version, bytes } of chain.value) memory.addRoot(version, bytes);
  log.error(
    "the newsroom's database is new, but something is published: the next edition has none of its texts",
    {
      hint: "stop Kasbah and restore newsroom.sqlite from a backup, unless this is meant",
    },
  );
}

function keysAreMissing(path: string): OperatorError {
  return new OperatorError(`the signing keys ${path} are missing, and editions rely on them`, {
    hint: "restore the file from a backup; new keys would mean that no edge believes this newsroom",
  });
}
