/** Verifying an edition from its folder alone, as anybody can who has the folder and the first root; nothing has to run. */
import { systemClock } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { editionFacts } from "../bus/edition-facts.ts";
import type { EditionFacts } from "../bus/facts.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Edition } from "../edition/edition.ts";
import { verifyPastEdition } from "../edition/history.ts";
import { metadataName } from "../edition/names.ts";
import type { EditionFault } from "../edition/refusal.ts";
import { pinRoot, type Trust } from "../edition/trust.ts";
import { verifyEdition } from "../edition/verify.ts";
import { BlobStore } from "../store/blobs.ts";
import { EditionFolder } from "../store/edition-folder.ts";
import { inBatches, readPlainFile } from "../store/files.ts";

export interface InspectionOptions {
  /** Default: the current one. */
  readonly version?: number | undefined;
  /** Default: what lies in the folder. */
  readonly rootFile?: string | undefined;
}

export interface Checked {
  readonly whole: number;
  /** Addresses. */
  readonly damaged: readonly string[];
  readonly missing: readonly string[];
}

export interface Inspected {
  readonly edition: Edition;
  readonly facts: EditionFacts;
  readonly trust: { readonly root_version: number; readonly log_size: number };
  /** Reads every page. */
  readonly checkBlobs: () => Promise<Checked>;
}

const rootBytesMax = 64 * 1024;

/** Throws OperatorError where there is no such edition, or it is not what was signed. */
export async function inspectEdition(
  data: DataFolder,
  { version, rootFile }: InspectionOptions,
): Promise<Inspected> {
  const folder = new EditionFolder(data.editions);
  const pinned = await pinnedRoot(folder, data, rootFile);
  const current = await verifyEdition(folder.read, pinned);
  if (!current.ok) throw refused("the current edition", current.fault);
  const { trust, root } = current.value;
  const edition = await editionNumber(version, current.value.edition, folder, {
    ...trust,
    root: pinned.root,
  });
  return {
    edition,
    facts: editionFacts(edition, systemClock.nowMs()),
    trust: { root_version: root.version, log_size: trust.checkpoint?.size ?? 0 },
    checkBlobs: () => checkBlobs(edition, new BlobStore(data.blobs)),
  };
}

async function pinnedRoot(
  folder: EditionFolder,
  data: DataFolder,
  rootFile: string | undefined,
): Promise<Trust> {
  const name = metadataName("root", 1);
  const root = rootFile === undefined ? await folder.read(name) : await readPlainFile(rootFile, rootBytesMax);
  if (root === undefined) {
    const missing =
      rootFile === undefined ? `nothing is published in ${data.editions}` : `there is no file ${rootFile}`;
    throw new OperatorError(missing, {
      hint: "`kasbah publish` publishes; --data and --root name other places",
      exitCode: 2,
    });
  }
  try {
    return pinRoot(root);
  } catch (thrown) {
    const file = rootFile ?? `${data.editions}/${name}`;
    throw new OperatorError(`${file} is no root of trust`, {
      hint: "restore it from a backup",
      cause: thrown,
    });
  }
}

async function editionNumber(
  version: number | undefined,
  current: Edition,
  folder: EditionFolder,
  trust: Trust,
): Promise<Edition> {
  if (version === undefined || version === current.version) return current;
  const past = await verifyPastEdition(folder.read, trust, version);
  if (past.ok) return past.value;
  if (past.fault.step === "snapshot" && past.fault.reason === "is missing") {
    throw new OperatorError(`there is no edition ${version}`, {
      hint: "`kasbah editions list` shows those that are kept",
      exitCode: 2,
    });
  }
  throw refused(`edition ${version}`, past.fault);
}

function refused(which: string, { step, file, reason }: EditionFault): OperatorError {
  return new OperatorError(`${which} does not verify (${step}): ${file} ${reason}`, {
    hint: "a running Kasbah makes the current edition anew by itself; otherwise `kasbah publish` does",
  });
}

async function checkBlobs({ targets }: Edition, blobs: BlobStore): Promise<Checked> {
  const states = await inBatches([...targets.values()], async ({ site, path, sha256, length }) => {
    const { state } = await blobs.get(sha256, length);
    return { state, address: `${site} ${path}` };
  });
  const addresses = (wanted: string): string[] =>
    states.filter(({ state }) => state === wanted).map(({ address }) => address);
  return { whole: addresses("whole").length, damaged: addresses("damaged"), missing: addresses("missing") };
}
