/** Pages and pictures by their SHA-256, each stored once: `blobs/ab/abcd…`. What comes out is what the name says, or it doesn't come out. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isSha256, type Sha256, sha256 } from "../base/bytes.ts";
import { inBatches, listFolder, readPlainFile, removeUnfinished, writeFilesBelow } from "./files.ts";

/** Longer ones are neither stored nor read: 256 MiB. */
export const blobBytesMax = 256 * 1024 * 1024;

export type StoredBlob =
  | { readonly state: "whole"; readonly data: Uint8Array<ArrayBuffer> }
  /** The file has other bytes than its name says: a broken disk, or a hand. */
  | { readonly state: "damaged" }
  | { readonly state: "missing" };

export class BlobStore {
  readonly #folder: string;

  /** `DATA/editions/blobs`. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Never resolves with bytes whose hash is another. `length`, where it is known, keeps a longer file from being read. */
  async get(name: Sha256, length = blobBytesMax): Promise<StoredBlob> {
    const data = await readPlainFile(this.#path(name), Math.min(length, blobBytesMax));
    if (data === undefined) return { state: "missing" };
    return sha256(data) === name ? { state: "whole", data } : { state: "damaged" };
  }

  /** Stores what isn't there yet, puts right what is damaged. On the disk when this resolves. */
  async put(blobs: ReadonlyMap<Sha256, Uint8Array>): Promise<void> {
    const lacking = await inBatches([...blobs], async ([name, data]) => {
      if (sha256(data) !== name || data.length > blobBytesMax)
        throw new Error(`${name} is not the name of this blob`);
      const { state } = await this.get(name, data.length);
      return state === "whole" ? [] : [[this.#path(name), data] as const];
    });
    await writeFilesBelow(this.#folder, new Map(lacking.flat()));
  }

  async erase(names: Iterable<Sha256>): Promise<void> {
    await inBatches([...names], (name) => rm(this.#path(name), { force: true }));
  }

  /** Every blob on the disk, in the order of their names; one folder is read at a time. */
  async *list(): AsyncGenerator<Sha256> {
    for (const folder of await listFolder(this.#folder)) {
      const names = await listFolder(join(this.#folder, folder));
      yield* names.filter(isSha256).filter((name) => name.startsWith(folder));
    }
  }

  /** Removes what a killed writer left. Only for the one who writes here. */
  async tidy(): Promise<void> {
    for (const folder of await listFolder(this.#folder)) await removeUnfinished(join(this.#folder, folder));
  }

  #path(name: Sha256): string {
    return join(this.#folder, name.slice(0, 2), name);
  }
}
