/**
 * One instance a data folder (docs/decisions/0001): an exclusive lock of SQLite's that the system frees the moment
 * its process dies, however it dies.
 */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { codeOf, failed, OperatorError } from "../base/errors.ts";
import type { DataFolder } from "./data-folder.ts";

/** Throws OperatorError where another process holds it or the folder can't be written. */
export function takeLock(data: DataFolder): Disposable {
  const database = openLock(data);
  try {
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("BEGIN EXCLUSIVE");
  } catch (thrown) {
    database.close();
    throw explained(data, thrown);
  }
  return { [Symbol.dispose]: () => database.close() };
}

function openLock(data: DataFolder): Database {
  try {
    mkdirSync(data.run, { recursive: true, mode: 0o700 });
    return new Database(data.lock, { create: true });
  } catch (thrown) {
    throw new OperatorError(`can't write the data folder ${data.root}`, {
      hint: "check who owns it and its rights, or choose another one with --data",
      cause: thrown,
    });
  }
}

function explained(data: DataFolder, thrown: unknown): Error {
  const code = codeOf(thrown) ?? "";
  if (/BUSY|LOCKED/.test(code)) {
    return new OperatorError(`another Kasbah works on ${data.root}`, {
      hint: "stop it, wait until its command is done, or choose another folder with --data",
    });
  }
  if (/NOTADB|CORRUPT/.test(code)) {
    return new OperatorError(`the lock ${data.lock} is damaged`, {
      hint: "delete it: nothing is kept in it",
    });
  }
  return failed(`locking ${data.lock}`, thrown);
}
