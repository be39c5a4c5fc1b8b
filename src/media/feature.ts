/** Pictures: brought in by people of the newsroom, cleaned, shown in the studio. The public site takes them from the same files. */
import type { DeedTold, Feature } from "../web/feature.ts";
import { type MediaParts, pictureRoutes } from "./routes.ts";

const deeds: Readonly<Record<string, DeedTold>> = {
  "picture.add": {
    words: { ar: "أضاف صورة", fr: "A ajouté une image", en: "Added a picture" },
    path: (picture) => `/pictures/${picture}`,
  },
};

export const feature: Feature<MediaParts> = {
  name: "media",
  routes: pictureRoutes,
  deeds,
  migrations: [
    {
      id: "media/1-pictures",
      sql: `
        CREATE TABLE picture (
          id TEXT PRIMARY KEY,
          created_at TEXT NOT NULL,
          created_by TEXT,
          animated INTEGER NOT NULL CHECK (animated IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX picture_by_created_at ON picture (created_at);

        -- Of the clean files: nothing here says anything of the original.
        CREATE TABLE picture_variant (
          picture_id TEXT NOT NULL REFERENCES picture (id),
          type TEXT NOT NULL CHECK (type IN ('image/webp', 'image/jpeg')),
          width INTEGER NOT NULL,
          height INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          PRIMARY KEY (picture_id, type, width)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX picture_variant_by_sha256 ON picture_variant (sha256);

        -- Pictures whose files may still lie there and have to go.
        CREATE TABLE picture_erasure (picture_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        -- Clean files of pictures that were withdrawn: edges refuse them for ever, so they aren't taken in again.
        CREATE TABLE picture_withdrawn (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};
