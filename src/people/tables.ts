/** The tables behind coming in: who was invited, who is signed in, with which passkeys. */
import type { Migration } from "../store/database.ts";

export const membershipMigration: Migration = {
  id: "people/3-invitations-sessions-passkeys",
  sql: `
    ALTER TABLE account ADD COLUMN language TEXT CHECK (language IN ('ar', 'fr', 'en'));
    ALTER TABLE account ADD COLUMN revoked_at TEXT;
    -- What authenticators know an account by (WebAuthn, section 5.4.3); random, so that it tells nothing.
    ALTER TABLE account ADD COLUMN user_handle TEXT;
    CREATE UNIQUE INDEX account_by_user_handle ON account (user_handle) WHERE user_handle IS NOT NULL;

    CREATE TABLE invitation (
      id TEXT PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      -- Null: for somebody new.
      account_id TEXT REFERENCES account (id),
      name TEXT NOT NULL,
      grants TEXT NOT NULL,
      created_at TEXT NOT NULL,
      -- Null: by a command on this machine.
      created_by TEXT REFERENCES account (id),
      expires_at TEXT NOT NULL,
      used_at TEXT,
      is_first INTEGER NOT NULL CHECK (is_first IN (0, 1))
    ) STRICT;

    CREATE TABLE session (
      digest TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES account (id),
      -- SHA-256 of the token and the kind of browser: says nothing to whoever has only this table.
      browser TEXT NOT NULL,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      ended TEXT CHECK (ended = 'another browser')
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_by_account ON session (account_id, created_at);

    CREATE TABLE passkey (
      -- The credential's id, base64url.
      id TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES account (id),
      public_key BLOB NOT NULL,
      counter INTEGER NOT NULL,
      -- The host name that it was made for, and works at.
      rp_id TEXT NOT NULL,
      transports TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX passkey_by_account ON passkey (account_id);
  `,
};
