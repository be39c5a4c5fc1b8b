/** The data folder: rights, room, and whether its databases are sound. */
import { Database } from "bun:sqlite";
import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf } from "../../base/errors.ts";
import type { DataFolder } from "../../config/data-folder.ts";
import { bytes } from "../format.ts";
import { type Checkup, type Finding, fine, note, type Patient, wrong } from "./checkup.ts";

export const rights: Checkup = {
  name: "rights",
  look({ invocation: { data } }) {
    if (!existsSync(data.root))
      return [...writable(nearestFolder(data.root)), note(`${data.root} is not there yet`)];
    return [...writable(data.root), ...[data.run, data.keys].flatMap(ownersOnly), ...lockable(data)];
  },
};

function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

function writable(folder: string): Finding[] {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return [fine(`${folder} can be written`)];
  } catch {
    return [
      wrong(`${folder} can't be written by this user`, "run Kasbah as the folder's owner, or `chown -R` it"),
    ];
  }
}

/** Keys and sockets are nobody else's. */
function ownersOnly(folder: string): Finding[] {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return [];
  if ((mode & 0o077) === 0) return [fine(`${folder} is its owner's alone`)];
  return [wrong(`other users of this machine can get into ${folder}`, `chmod 700 ${folder}`)];
}

/** File systems by the number that statfs gives (linux/magic.h) on which SQLite's locks can't be relied on. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9p"],
]);

function lockable({ root }: DataFolder): Finding[] {
  const fileSystem = networkFileSystems.get(statfsSync(root).type);
  if (fileSystem === undefined) return [];
  return [
    wrong(
      `${root} is on ${fileSystem}, where locks can't be relied on`,
      "move the data folder to a local disk",
    ),
  ];
}

const bytesWrong = 100_000_000;
const bytesNote = 1_000_000_000;
const filesWrong = 10_000;

export const disk: Checkup = {
  name: "disk",
  look({ invocation: { data } }) {
    const { bavail, bsize, ffree, files } = statfsSync(nearestFolder(data.root));
    const free = `${bytes(bavail * bsize)} are free`;
    if (bavail * bsize < bytesWrong)
      return [wrong(free, "free some space: publishing stops when the disk is full")];
    // Some file systems have no fixed number of files and say 0 of 0.
    if (files > 0 && ffree < filesWrong)
      return [wrong(`room for ${ffree} more files only`, "delete small files that nobody needs")];
    return [bavail * bsize < bytesNote ? note(free, "editions grow: watch it") : fine(free)];
  },
};

export const databases: Checkup = {
  name: "databases",
  look: ({ invocation: { data } }: Patient) =>
    [data.newsroomDatabase, data.edgeDatabase, data.watchDatabase]
      .filter((path) => existsSync(path))
      .map(lookInto),
};

function lookInto(path: string): Finding {
  try {
    using database = new Database(path, { readonly: true });
    const [first] = database.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").all();
    if (first?.quick_check === "ok") return fine(`${path} is sound`);
    return damaged(path, first?.quick_check ?? "no answer");
  } catch (thrown) {
    return damaged(path, messageOf(thrown));
  }
}

function damaged(path: string, detail: string): Finding {
  return wrong(`${path} is damaged (${detail})`, "stop Kasbah, move the file away, restore the last backup");
}
