/** Material: citizen media with its claims and what checking them came to. */
import type { Feature } from "../web/feature.ts";

export const feature: Feature = {
  name: "material",
  migrations: [
    {
      id: "material/1-material-and-findings",
      sql: `
        CREATE TABLE material (
          id TEXT PRIMARY KEY,
          kind TEXT NOT NULL CHECK (kind IN ('video', 'photograph', 'audio', 'document', 'testimony')),
          source TEXT,
          claim TEXT NOT NULL,
          origin TEXT UNIQUE,
          created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE finding (
          id INTEGER PRIMARY KEY,
          material_id TEXT NOT NULL REFERENCES material (id),
          state TEXT NOT NULL CHECK (state IN ('in progress', 'verified', 'false', 'can''t be verified')),
          at TEXT NOT NULL,
          note TEXT NOT NULL
        ) STRICT;
        CREATE INDEX finding_by_material ON finding (material_id, id);
      `,
    },
  ],
};
