/** `DATA/editions` as a verifier reads it and as the newsroom writes it: stage by stage, so that a kill leaves the old edition or the new one. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { listFolder, readPlainFile, removeUnfinished, writeFilesBelow } from "./files.ts";

/** Metadata, tiles and lists are far shorter; of a longer file only so much is read. */
const fileBytesMax = 16 * 1024 * 1024;

/** Names below the folder: plain words separated by single slashes, nothing that climbs. */
const safeName = /^(metadata|log|blobs)(\/[0-9A-Za-z_-][0-9A-Za-z._-]*)*$/;

export class EditionFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** For `verifyEdition`: undefined where there is no such file, or the name is none. */
  readonly read = async (name: string): Promise<Uint8Array | undefined> => {
    return safeName.test(name) ? await readPlainFile(join(this.#folder, name), fileBytesMax) : undefined;
  };

  /** Each stage is on the disk before the next one begins. */
  async write(stages: readonly ReadonlyMap<string, Uint8Array>[]): Promise<void> {
    for (const stage of stages) {
      await writeFilesBelow(
        this.#folder,
        new Map([...stage].map(([name, data]) => [this.#path(name), data])),
      );
    }
  }

  /** File names in a folder like `metadata`, sorted. */
  async list(name: string): Promise<string[]> {
    return await listFolder(this.#path(name));
  }

  /** Files, or whole folders. */
  async remove(names: Iterable<string>): Promise<void> {
    for (const name of names) await rm(this.#path(name), { force: true, recursive: true });
  }

  /** Removes what a killed writer left. Only for the one who writes here. */
  async tidy(): Promise<void> {
    for (const folder of ["metadata", "log"]) await removeUnfinished(join(this.#folder, folder));
  }

  #path(name: string): string {
    if (!safeName.test(name)) throw new Error(`"${name}" is not a name in the editions folder`);
    return join(this.#folder, name);
  }
}
