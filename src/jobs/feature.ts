/** The queue's table, in the database of the role that has the jobs. */
import type { Migration } from "../store/database.ts";

export const feature = {
  name: "jobs",
  migrations: [
    {
      id: "jobs/1-queue",
      sql: `
        CREATE TABLE job (
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          payload TEXT NOT NULL,
          state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'dead')),
          attempts INTEGER NOT NULL DEFAULT 0,
          attempts_max INTEGER NOT NULL,
          -- When it may be begun, when its lease ends, or when it ended, by its state.
          due_ms INTEGER NOT NULL,
          lease TEXT,
          error TEXT,
          UNIQUE (kind, key)
        ) STRICT;
        CREATE INDEX job_by_due ON job (state, due_ms);
      `,
    },
  ] as const satisfies readonly Migration[],
};
