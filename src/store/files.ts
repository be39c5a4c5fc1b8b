/** Files that appear under their name complete or not at all (written beside it, flushed, renamed), and reading that can't be led astray. */
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hex } from "../base/bytes.ts";
import { codeOf } from "../base/errors.ts";
import { systemRandom } from "../base/random.ts";

/** How many files are written or read at the same time. */
const filesAtOnce = 32;
const unfinished = ".new";

/** Rejects with the system's error (ENOSPC, EACCES …); the old file is then untouched. */
export async function writeFileAtomically(path: string, data: Uint8Array, mode = 0o644): Promise<void> {
  await writeFilesAtomically(new Map([[path, data]]), mode);
}

/** All of them, each atomically, many at a time; on the disk, names included, when this resolves. */
export async function writeFilesAtomically(
  files: ReadonlyMap<string, Uint8Array>,
  mode = 0o644,
): Promise<void> {
  const folders = [...new Set([...files.keys()].map(dirname))];
  const created = await inBatches(folders, (folder) => mkdir(folder, { recursive: true }));
  await inBatches([...files], ([path, data]) => writeBeside(path, data, mode));
  const parents = created.filter((first) => first !== undefined).map(dirname);
  await inBatches([...new Set([...folders, ...parents])], syncFolder);
}

/** What the system says where something of another kind has a file's or a folder's name. */
const inTheWay = ["EISDIR", "ENOTDIR", "EEXIST"];

/** The same below a folder where nobody else may write: what somebody put in the way there (a folder under a file's name) goes. */
export async function writeFilesBelow(top: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  try {
    await writeFilesAtomically(files);
  } catch (thrown) {
    if (!inTheWay.includes(codeOf(thrown) ?? "")) throw thrown;
    await inBatches([...files.keys()], (path) => clearTheWay(top, path));
    await writeFilesAtomically(files);
  }
}

async function clearTheWay(top: string, path: string): Promise<void> {
  for (let at = path; at !== top; at = dirname(at)) {
    const found = await lstat(at).catch(() => undefined);
    const fits = at === path ? found?.isFile() : found?.isDirectory();
    if (fits === false) await rm(at, { recursive: true, force: true });
  }
}

async function writeBeside(path: string, data: Uint8Array, mode: number): Promise<void> {
  const beside = `${path}.${hex(systemRandom.bytes(6))}${unfinished}`;
  await using file = await open(beside, "wx", mode);
  try {
    await file.writeFile(data);
    await file.datasync();
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
}

/** Makes renames last through a power failure. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** For reading, without following a link or waiting for a pipe's other end. Rejects with the system's error. */
export async function openPlainFile(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}

/** Not there, or something else than a plain file there: a folder, a link, a socket. */
const notAFile = ["ENOENT", "ENOTDIR", "ELOOP", "EISDIR", "ENXIO"];

/**
 * The file, or at most `bytesMax + 1` bytes of it, so that a reader sees that it is too long; undefined where there is no
 * plain file. Never follows a link, never waits for a pipe. Rejects with the system's error (EACCES, EIO …).
 */
export async function readPlainFile(
  path: string,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    await using file = await openPlainFile(path);
    const found = await file.stat();
    if (!found.isFile()) return undefined;
    const data = new Uint8Array(Math.min(found.size, bytesMax + 1));
    let length = 0;
    while (length < data.length) {
      const { bytesRead } = await file.read(data, length, data.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return data.subarray(0, length);
  } catch (thrown) {
    if (notAFile.includes(codeOf(thrown) ?? "")) return undefined;
    throw thrown;
  }
}

/** Names in a folder, without what a killed writer left; empty where there is no such folder. */
export async function listFolder(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((name) => !name.endsWith(unfinished)).sort();
}

/** Removes what a killed writer left. Only for who alone writes in that folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  const left = (await entriesOf(folder)).filter((name) => name.endsWith(unfinished));
  await inBatches(left, (name) => rm(join(folder, name), { force: true }));
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (notAFile.includes(codeOf(thrown) ?? "")) return [];
    throw thrown;
  }
}

/** Runs `work` on every item, some at a time, and waits for all even where one fails. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += filesAtOnce) {
    const settled = await Promise.allSettled(items.slice(from, from + filesAtOnce).map(work));
    for (const result of settled) {
      if (result.status === "rejected") throw result.reason;
      results.push(result.value);
    }
  }
  return results;
}
