/** Single values that outlive the process: how far a snapshot is, the baseline's manifest. */
import type { Database } from "bun:sqlite";
import { fromUtf8, utf8 } from "../base/bytes.ts";

type Name =
  | "manifest"
  | "version"
  | "approved_at"
  | "site"
  | "snapshot"
  | "started_at"
  | "error_page"
  | "fault"
  | "other_names"
  | "working_until";

export class OriginMemory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  bytes(name: Name): Uint8Array | undefined {
    return this.#database
      .query<{ value: Uint8Array }, [string]>("SELECT value FROM origin_state WHERE name = ?")
      .get(name)?.value;
  }

  text(name: Name): string | undefined {
    const stored = this.bytes(name);
    return stored === undefined ? undefined : fromUtf8(stored);
  }

  set(name: Name, value: Uint8Array | string): void {
    this.#database
      .query("INSERT OR REPLACE INTO origin_state (name, value) VALUES (?, ?)")
      .run(name, typeof value === "string" ? utf8(value) : value);
  }

  clear(...names: readonly Name[]): void {
    for (const name of names) this.#database.query("DELETE FROM origin_state WHERE name = ?").run(name);
  }
}
