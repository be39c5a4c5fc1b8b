/** What publishing keeps in newsroom.sqlite: what each page read and became, what each blob showed, withdrawals, what is trusted. */
import type { Feature } from "../web/feature.ts";

export const feature: Feature = {
  name: "publishing",
  migrations: [
    {
      id: "publishing/1-pages",
      sql: `
        -- One row an address, as it was rendered last. "reads": {key: version}, in the order in which they were read.
        CREATE TABLE publishing_page (
          site TEXT NOT NULL,
          path TEXT NOT NULL,
          query TEXT NOT NULL,
          renderer TEXT NOT NULL,
          target TEXT NOT NULL CHECK (json_valid(target)),
          reads TEXT NOT NULL CHECK (json_valid(reads)),
          PRIMARY KEY (site, path, query)
        ) STRICT, WITHOUT ROWID;

        -- Of every blob that any edition may still show: the keys that its pages had read.
        CREATE TABLE publishing_blob (
          sha256 TEXT PRIMARY KEY,
          keys TEXT NOT NULL CHECK (json_valid(keys))
        ) STRICT, WITHOUT ROWID;

        -- Withdrawals that no edition has carried out yet. "keys": whose readers showed it.
        CREATE TABLE publishing_withdrawal (
          site TEXT NOT NULL,
          path TEXT NOT NULL,
          at TEXT NOT NULL,
          keys TEXT NOT NULL CHECK (json_valid(keys)),
          PRIMARY KEY (site, path)
        ) STRICT, WITHOUT ROWID;

        -- "trust": what was verified last. "held": the edition that was rolled back to.
        CREATE TABLE publishing_state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

        -- The transparency log's entries, so that its files can be made again.
        CREATE TABLE publishing_log (position INTEGER PRIMARY KEY, snapshot TEXT NOT NULL) STRICT;
      `,
    },
  ],
};
