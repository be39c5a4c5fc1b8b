/** The record of who did what in the studio, by account. It only grows, and never holds an address or a text's words. */
import type { Database } from "bun:sqlite";
import { type Clock, rfc3339 } from "../base/clock.ts";
import type { Migration } from "../store/database.ts";

export interface Deed {
  /** Account id; null: whoever runs the machine, by a command. */
  readonly account: string | null;
  /** `text.publish`: what it was done to, then what was done. */
  readonly act: string;
  /** Id of what it was done to. */
  readonly subject: string;
  /** A word or two that the act needs to be understood, like a role. Never words that somebody wrote, never an address. */
  readonly detail?: string | undefined;
}

export interface Entry extends Omit<Deed, "detail"> {
  /** Rises with each entry. */
  readonly id: number;
  /** RFC 3339. */
  readonly at: string;
  readonly detail: string | null;
}

export interface Audit {
  /** Throws where the deed is not of its form, or the account is none. */
  note(deed: Deed): void;
  /** Newest first; `before`: an entry's id. */
  entries(page: { readonly before?: number | undefined; readonly limit: number }): Entry[];
}

export const auditMigration: Migration = {
  id: "people/2-audit",
  sql: `
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at TEXT NOT NULL,
      account_id TEXT REFERENCES account (id),
      act TEXT NOT NULL CHECK (act GLOB '[a-z]*.[a-z]*' AND length(act) <= 64),
      subject TEXT NOT NULL CHECK (length(subject) <= 200),
      detail TEXT CHECK (length(detail) <= 200)
    ) STRICT;
    CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
      BEGIN SELECT raise(ABORT, 'the record only grows'); END;
    CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit
      BEGIN SELECT raise(ABORT, 'the record only grows'); END;
  `,
};

export function createAudit(database: Database, { clock }: { readonly clock: Clock }): Audit {
  return {
    note({ account, act, subject, detail }) {
      database
        .query("INSERT INTO audit (at, account_id, act, subject, detail) VALUES (?, ?, ?, ?, ?)")
        .run(rfc3339(clock.nowMs()), account, act, subject, detail ?? null);
    },
    entries: ({ before = Number.MAX_SAFE_INTEGER, limit }) =>
      database
        .query<Entry, [number, number]>(
          `SELECT id, at, account_id AS account, act, subject, detail FROM audit
           WHERE id < ? ORDER BY id DESC LIMIT ?`,
        )
        .all(before, limit),
  };
}
