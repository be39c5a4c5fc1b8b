/** Files that appear under their name complete or not at all: written beside it, flushed, renamed. */
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { hex } from "../base/bytes.ts";
import { systemRandom } from "../base/random.ts";

/** Rejects with the system's error (ENOSPC, EACCES …); the old file is then untouched. */
export async function writeFileAtomically(path: string, data: Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${hex(systemRandom.bytes(6))}.new`;
  try {
    const file = await open(beside, "wx", mode);
    try {
      await file.writeFile(data);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
}
