/** Opening a SQLite file the one way we do it: WAL, foreign keys, checked for damage, migrated. */
import { Database } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, failed, messageOf, OperatorError } from "../base/errors.ts";

/** Applied once each, in order, each in a transaction of its own. Never edited once released; add another. */
export interface Migration {
  /** Unique for ever: `pieces/1-pieces-and-texts`. */
  readonly id: string;
  readonly sql: string;
}

/** How long a writer waits for another one, ms. */
const busyTimeoutMs = 5_000;

/** Throws OperatorError where the file is damaged, can't be written, or comes from a newer version. */
export function openDatabase(path: string, migrations: readonly Migration[]): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const database = new Database(path, { create: true, strict: true });
    prepare(database, path);
    migrate(database, migrations, path);
    return database;
  } catch (thrown) {
    throw explained(path, thrown);
  }
}

function prepare(database: Database, path: string): void {
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA synchronous = NORMAL");
  database.run("PRAGMA foreign_keys = ON");
  database.run("PRAGMA secure_delete = ON");
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  const check = database.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get();
  if (check?.quick_check !== "ok") throw damaged(path, check?.quick_check ?? "no answer");
}

function migrate(database: Database, migrations: readonly Migration[], path: string): void {
  database.run(
    "CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL DEFAULT (datetime('now')))",
  );
  const applied = new Set(
    database
      .query<{ id: string }, []>("SELECT id FROM migration")
      .all()
      .map(({ id }) => id),
  );
  const unknown = [...applied].find((id) => !migrations.some((migration) => migration.id === id));
  if (unknown !== undefined) {
    throw new OperatorError(`${path} comes from a newer Kasbah (it has "${unknown}")`, {
      hint: "run the version that wrote it, or restore a backup made by this one",
    });
  }
  for (const { id, sql } of migrations) {
    if (applied.has(id)) continue;
    database.transaction(() => {
      database.run(sql);
      database.query("INSERT INTO migration (id) VALUES (?)").run(id);
    })();
  }
}

function damaged(path: string, detail: string): OperatorError {
  return new OperatorError(`the database ${path} is damaged (${detail})`, {
    hint: "stop Kasbah, move the file away, restore the last backup",
  });
}

function explained(path: string, thrown: unknown): Error {
  if (thrown instanceof OperatorError) return thrown;
  const code = codeOf(thrown) ?? "";
  if (/CORRUPT|NOTADB/.test(code)) return damaged(path, messageOf(thrown));
  if (/FULL/.test(code)) {
    return new OperatorError(`the disk is full: ${path}`, {
      hint: "free some space, then start again",
      cause: thrown,
    });
  }
  if (/CANTOPEN|READONLY|PERM/.test(code)) {
    return new OperatorError(`can't write the database ${path}`, {
      hint: "check who owns the data folder and its rights",
      cause: thrown,
    });
  }
  return failed(`opening ${path}`, thrown);
}
