/** Letting old editions go: their snapshots, the role files and the blobs that no kept edition needs. The log stays whole. */
import { z } from "zod";
import { fromUtf8, isSha256, type Sha256 } from "../base/bytes.ts";
import { readStoredSnapshot } from "../edition/history.ts";
import { metadataName, parseMetadataName } from "../edition/names.ts";
import type { BlobStore } from "../store/blobs.ts";
import type { EditionFolder } from "../store/edition-folder.ts";
import { inBatches } from "../store/files.ts";

export interface SweepOptions {
  readonly folder: EditionFolder;
  readonly blobs: BlobStore;
  readonly keepEditions: number;
}

/** All that is needed of a role's file: which blobs it names. */
const roleSchema = z.object({
  signed: z.object({
    targets: z.record(z.string(), z.object({ hashes: z.object({ sha256: z.string().refine(isSha256) }) })),
  }),
});

export class Sweeper {
  readonly #options: SweepOptions;
  /** A role's file never changes under its name. */
  readonly #blobsOf = new Map<string, readonly Sha256[]>();
  #editions = 0;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  /** True once in a while: when a tenth as many editions came as are kept. */
  isDue(): boolean {
    this.#editions += 1;
    return this.#editions >= Math.max(1, this.#options.keepEditions / 10);
  }

  /**
   * `alsoNeeded`: blobs of pages that are rendered and not published, and those that no target names. Returns the blobs that went. Rejects, and then has removed
   * nothing, where a kept edition can't be read: it is not known then what it needs.
   */
  async sweep(alsoNeeded: Iterable<Sha256>): Promise<Sha256[]> {
    this.#editions = 0;
    const { folder, blobs, keepEditions } = this.#options;
    const files = (await folder.list("metadata")).flatMap((name) => parseMetadataName(name) ?? []);
    const snapshots = files
      .filter(({ role }) => role === "snapshot")
      .sort((left, right) => right.version - left.version);
    const tooOld = snapshots.slice(keepEditions);
    if (tooOld.length === 0) return [];

    const roles = await this.#rolesOf(snapshots.slice(0, keepEditions).map(({ version }) => version));
    const needed = new Set([...(await this.#blobsIn(roles)), ...alsoNeeded]);
    const present = await Array.fromAsync(blobs.list());
    const superfluous = present.filter((blob) => !needed.has(blob));
    await blobs.erase(superfluous);
    const other = files.filter(({ role, version }) => {
      return role !== "snapshot" && role !== "root" && !roles.has(metadataName(role, version));
    });
    // Snapshots last: a kill on the way leaves what the next sweep takes up again.
    await folder.remove([...other, ...tooOld].map(({ role, version }) => metadataName(role, version)));
    return superfluous;
  }

  /** File names of every role in these editions. */
  async #rolesOf(versions: readonly number[]): Promise<ReadonlySet<string>> {
    const snapshots = await inBatches(versions, (version) =>
      readStoredSnapshot(this.#options.folder.read, version),
    );
    return new Set(
      snapshots.flatMap(({ facts }) =>
        Array.from(facts.files, ([role, { version }]) => metadataName(role, version)),
      ),
    );
  }

  async #blobsIn(roles: ReadonlySet<string>): Promise<Sha256[]> {
    for (const name of this.#blobsOf.keys()) if (!roles.has(name)) this.#blobsOf.delete(name);
    const unread = [...roles].filter((name) => !this.#blobsOf.has(name));
    await inBatches(unread, async (name) => {
      const data = await this.#options.folder.read(name);
      if (data === undefined) throw new Error(`${name} is missing`);
      const { signed } = roleSchema.parse(JSON.parse(fromUtf8(data)));
      this.#blobsOf.set(
        name,
        Object.values(signed.targets).map(({ hashes }) => hashes.sha256),
      );
    });
    return [...this.#blobsOf.values()].flat();
  }
}
