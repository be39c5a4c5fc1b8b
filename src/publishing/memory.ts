/** What publishing has to know after a restart besides the pages: what was verified last, roots, the log's entries, a rollback that holds. */
import type { Database } from "bun:sqlite";
import { fromHex, fromUtf8, hex, type Sha256, utf8 } from "../base/bytes.ts";
import { decodeTrust, encodeTrust, type Trust } from "../edition/trust.ts";

export class PublishingMemory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  trust(): Trust | undefined {
    const stored = this.#get("trust");
    return stored === undefined ? undefined : decodeTrust(stored);
  }

  /** `logged`: the newest edition and where the log has it. */
  remember(trust: Trust, logged: { readonly position: number; readonly snapshot: Sha256 } | undefined): void {
    this.#database.transaction(() => {
      this.#set("trust", encodeTrust(trust));
      if (logged === undefined) return;
      this.#setLogEntry(logged.position, logged.snapshot);
    })();
  }

  learnLog(entries: readonly Uint8Array[]): void {
    this.#database.transaction(() => {
      for (const [position, entry] of entries.entries()) this.#setLogEntry(position, hex(entry));
    })();
  }

  /** 32 bytes each, from the first one on; undefined where the record has a gap. */
  logEntries(size: number): Uint8Array[] | undefined {
    const rows = this.#database
      .query<{ snapshot: string }, [number]>(
        "SELECT snapshot FROM publishing_log WHERE position < ? ORDER BY position",
      )
      .all(size);
    return rows.length === size ? rows.map(({ snapshot }) => fromHex(snapshot)) : undefined;
  }

  /** By version, from 1 on. */
  roots(): Uint8Array[] {
    const roots: Uint8Array[] = [];
    for (let root = this.#get("root:1"); root !== undefined; root = this.#get(`root:${roots.length + 1}`))
      roots.push(root);
    return roots;
  }

  addRoot(version: number, root: Uint8Array): void {
    this.#set(`root:${version}`, root);
  }

  /** The edition that was rolled back to; until somebody publishes again, what is rendered waits. */
  held(): number | undefined {
    const stored = this.#get("held");
    return stored === undefined ? undefined : Number(fromUtf8(stored));
  }

  hold(version: number | undefined): void {
    if (version === undefined) this.#database.run("DELETE FROM publishing_state WHERE name = 'held'");
    else this.#set("held", utf8(String(version)));
  }

  #setLogEntry(position: number, snapshot: string): void {
    this.#database
      .query("INSERT OR REPLACE INTO publishing_log (position, snapshot) VALUES (?, ?)")
      .run(position, snapshot);
  }

  #get(name: string): Uint8Array | undefined {
    return this.#database
      .query<{ value: Uint8Array }, [string]>("SELECT value FROM publishing_state WHERE name = ?")
      .get(name)?.value;
  }

  #set(name: string, value: Uint8Array): void {
    this.#database
      .query("INSERT OR REPLACE INTO publishing_state (name, value) VALUES (?, ?)")
      .run(name, value);
  }
}
