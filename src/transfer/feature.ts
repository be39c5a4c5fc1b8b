/** Transfer: brings in what other programs exported, and the demo newsroom. */
import type { Feature } from "../web/feature.ts";

export const feature: Feature = {
  name: "transfer",
  migrations: [
    {
      id: "transfer/1-imported-texts",
      sql: `
        CREATE TABLE imported_text (
          origin TEXT PRIMARY KEY,
          text_id TEXT NOT NULL,
          revision_id TEXT NOT NULL,
          digest TEXT NOT NULL,
          publication TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};
