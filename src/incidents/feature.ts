/** The register of what happened: incidents with their evidence. */
import type { Feature } from "../web/feature.ts";

export const feature: Feature = {
  name: "incidents",
  migrations: [
    {
      id: "incidents/1-incident",
      sql: `
        CREATE TABLE incident (
          id TEXT PRIMARY KEY,
          kind TEXT NOT NULL,
          drill INTEGER NOT NULL CHECK (drill IN (0, 1)),
          status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
          started_at TEXT NOT NULL,
          ended_at TEXT,
          facts TEXT NOT NULL
        ) STRICT;
        CREATE INDEX incident_by_start ON incident (started_at);
      `,
    },
  ],
};
