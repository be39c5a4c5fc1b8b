/** A folder that one test, or one file of tests, has to itself. */
import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

const memoryFolder = "/dev/shm";

/** `where`: "memory", where the system has such a place, for tests that publish: a first edition is some 270 files, each flushed. */
export function temporaryFolder(where: "disk" | "memory" = "disk"): TemporaryFolder {
  const above = where === "memory" && existsSync(memoryFolder) ? memoryFolder : tmpdir();
  const path = mkdtempSync(join(above, "kasbah-test-"));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
  return { path, remove, [Symbol.asyncDispose]: remove };
}
