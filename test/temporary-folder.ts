/** A folder that one test, or one file of tests, has to itself. */
import { existsSync, mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

const memoryFolder = "/dev/shm";
/** The whole suite takes an eighth of it at most. */
const roomBytes = 1024 ** 3;

/** `where`: "memory", where the system has room for files there, for tests that publish: a first edition is some 270 files, each flushed. */
export function temporaryFolder(where: "disk" | "memory" = "disk"): TemporaryFolder {
  const path = mkdtempSync(join(where === "memory" ? inMemory() : tmpdir(), "kasbah-test-"));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
  return { path, remove, [Symbol.asyncDispose]: remove };
}

function inMemory(): string {
  const isAlready = tmpdir().startsWith(memoryFolder);
  return !isAlready && existsSync(memoryFolder) && hasRoom(memoryFolder) && runsPrograms(memoryFolder)
    ? memoryFolder
    : tmpdir();
}

function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= roomBytes;
}

/** Containers often mount it so that it does not. */
function runsPrograms(folder: string): boolean {
  const mount = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .find((line) => line.split(" ")[1] === folder);
  return mount?.split(" ")[3]?.split(",").includes("noexec") === false;
}
