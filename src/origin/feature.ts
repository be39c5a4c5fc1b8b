/** What the newsroom keeps of the protected site: the snapshot that is being made, the approved baseline, questions about what is new. */
import type { Feature } from "../web/feature.ts";

/** What is known of an address that was learned; the same in a snapshot and in the baseline. Its facts are null for what pages are made of. */
const entryColumns = `
  address TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  status INTEGER NOT NULL,
  type TEXT NOT NULL,
  headers TEXT NOT NULL CHECK (json_valid(headers)),
  copy TEXT NOT NULL,
  length INTEGER NOT NULL,
  facts BLOB,
  facts_sha256 TEXT,
  taken_at TEXT NOT NULL,
  language TEXT NOT NULL,
  volatile TEXT NOT NULL CHECK (json_valid(volatile)),
  note TEXT,
  kept_out INTEGER NOT NULL CHECK (kept_out IN (0, 1))`;

export const feature: Feature = {
  name: "origin",
  migrations: [
    {
      id: "origin/1-baseline",
      sql: `
        -- Every address that the snapshot being made has heard of. "form": what addresses of one kind share, so that a calendar is not the whole snapshot.
        CREATE TABLE origin_found (
          address TEXT PRIMARY KEY,
          part TEXT NOT NULL CHECK (part IN ('page', 'asset')),
          form TEXT NOT NULL,
          hops INTEGER NOT NULL,
          state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'learned', 'failed', 'left out')),
          loads INTEGER NOT NULL DEFAULT 0,
          wanted INTEGER NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          due_ms INTEGER NOT NULL,
          reason TEXT
        ) STRICT;
        CREATE INDEX origin_found_next ON origin_found (state, loads, hops);
        CREATE INDEX origin_found_form ON origin_found (form);

        -- Loads of addresses that are not learned yet. "facts": compressed JSON, null for what pages are made of.
        CREATE TABLE origin_load (
          address TEXT NOT NULL,
          number INTEGER NOT NULL,
          kind TEXT NOT NULL,
          status INTEGER NOT NULL,
          type TEXT NOT NULL,
          headers TEXT NOT NULL CHECK (json_valid(headers)),
          copy TEXT NOT NULL,
          length INTEGER NOT NULL,
          facts BLOB,
          taken_at TEXT NOT NULL,
          PRIMARY KEY (address, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE origin_learned (${entryColumns}) STRICT;
        CREATE TABLE origin_baseline (${entryColumns}) STRICT;

        -- Every blob that a baseline named, by the address that it showed; "retired_ms": since when none does.
        CREATE TABLE origin_blob (
          sha256 TEXT NOT NULL,
          address TEXT NOT NULL,
          retired_ms INTEGER,
          PRIMARY KEY (sha256, address)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX origin_blob_address ON origin_blob (address);

        CREATE TABLE origin_state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};
