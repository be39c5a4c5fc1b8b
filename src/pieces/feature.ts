/** Pieces: stories, posts, briefs, dossiers and pages in their languages, with every revision that was ever saved. */
import type { Feature } from "../web/feature.ts";
import { pieceDeeds } from "./deeds.ts";
import type { PiecesParts } from "./parts.ts";
import { routes } from "./routes.ts";
import { words } from "./words/index.ts";

const { ar, fr, en } = words;

export const feature: Feature<PiecesParts> = {
  name: "pieces",
  routes,
  deeds: pieceDeeds,
  menu: [
    {
      path: "/",
      folder: "/texts",
      act: "read",
      words: { ar: ar.list.title, fr: fr.list.title, en: en.list.title },
    },
    { path: "/names", act: "publish", words: { ar: ar.names.menu, fr: fr.names.menu, en: en.names.menu } },
  ],
  migrations: [
    {
      id: "pieces/1-pieces-texts-revisions",
      sql: `
        CREATE TABLE section (
          site TEXT NOT NULL,
          slug TEXT NOT NULL,
          names TEXT NOT NULL,
          position INTEGER NOT NULL,
          PRIMARY KEY (site, slug)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tag (
          site TEXT NOT NULL,
          slug TEXT NOT NULL,
          names TEXT NOT NULL,
          PRIMARY KEY (site, slug)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE piece (
          id TEXT PRIMARY KEY,
          site TEXT NOT NULL CHECK (site IN ('portal', 'blog')),
          kind TEXT NOT NULL CHECK (kind IN ('story', 'post', 'brief', 'dossier', 'page')),
          section TEXT,
          origin TEXT UNIQUE,
          created_at TEXT NOT NULL,
          FOREIGN KEY (site, section) REFERENCES section (site, slug)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE piece_tag (
          piece_id TEXT NOT NULL REFERENCES piece (id),
          position INTEGER NOT NULL,
          site TEXT NOT NULL,
          tag TEXT NOT NULL,
          PRIMARY KEY (piece_id, position),
          FOREIGN KEY (site, tag) REFERENCES tag (site, slug)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE piece_byline (
          piece_id TEXT NOT NULL REFERENCES piece (id),
          position INTEGER NOT NULL,
          byline_id TEXT NOT NULL REFERENCES byline (id),
          PRIMARY KEY (piece_id, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE text (
          id TEXT PRIMARY KEY,
          piece_id TEXT NOT NULL REFERENCES piece (id),
          language TEXT NOT NULL,
          slug TEXT NOT NULL,
          publication TEXT NOT NULL
            CHECK (publication IN ('none', 'scheduled', 'private', 'published', 'withdrawn')),
          published_at TEXT,
          revised_at TEXT,
          scheduled_for TEXT,
          path TEXT,
          working_revision TEXT NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
          published_revision TEXT REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
          UNIQUE (piece_id, language),
          CHECK ((publication = 'published') = (published_revision IS NOT NULL)),
          CHECK ((publication = 'scheduled') = (scheduled_for IS NOT NULL)),
          CHECK ((path IS NULL) = (published_at IS NULL)),
          CHECK (publication <> 'published' OR path IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX text_by_publication ON text (publication, published_at);

        CREATE TABLE revision (
          id TEXT PRIMARY KEY,
          text_id TEXT NOT NULL REFERENCES text (id) DEFERRABLE INITIALLY DEFERRED,
          parent TEXT REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
          merges TEXT REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
          workflow TEXT NOT NULL CHECK (workflow IN ('idea', 'draft', 'in review', 'ready')),
          source_revision TEXT REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
          created_at TEXT NOT NULL,
          created_by TEXT REFERENCES account (id),
          title TEXT NOT NULL,
          standfirst TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX revision_by_text ON revision (text_id);
        -- A text is written before its first revision: SQLite then looks for whoever waits for that revision, and without
        -- these it would read everything to find out.
        CREATE INDEX text_by_working_revision ON text (working_revision);
        CREATE INDEX text_by_published_revision ON text (published_revision);
        CREATE INDEX revision_by_parent ON revision (parent);
        CREATE INDEX revision_by_merges ON revision (merges);
        CREATE INDEX revision_by_source ON revision (source_revision);

        -- Apart, so that reading two thousand titles doesn't leaf through as many bodies.
        CREATE TABLE revision_body (
          revision_id TEXT PRIMARY KEY REFERENCES revision (id),
          body TEXT NOT NULL
        ) STRICT;

        CREATE TABLE revision_material (
          revision_id TEXT NOT NULL REFERENCES revision (id),
          material_id TEXT NOT NULL REFERENCES material (id),
          PRIMARY KEY (revision_id, material_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE correction (
          id INTEGER PRIMARY KEY,
          text_id TEXT NOT NULL REFERENCES text (id),
          kind TEXT NOT NULL CHECK (kind IN ('correction', 'update')),
          at TEXT NOT NULL,
          note TEXT NOT NULL
        ) STRICT;
        CREATE INDEX correction_by_text ON correction (text_id, id);

        -- Every address that was ever given away, each once: a text's own, or a 301 to a text or to a path.
        CREATE TABLE address (
          site TEXT NOT NULL,
          path TEXT NOT NULL,
          query TEXT NOT NULL,
          own INTEGER NOT NULL CHECK (own IN (0, 1)),
          text_id TEXT REFERENCES text (id),
          target TEXT,
          PRIMARY KEY (site, path, query),
          CHECK ((text_id IS NULL) <> (target IS NULL)),
          CHECK (own = 0 OR text_id IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX address_own ON address (text_id) WHERE own = 1;
        CREATE INDEX address_by_target ON address (site, target) WHERE target IS NOT NULL;
      `,
    },
    {
      id: "pieces/2-revision-media",
      sql: `
        -- Pictures (src/media) that a revision's body shows. Without a reference: a picture that is withdrawn is gone, its name stays.
        CREATE TABLE revision_media (
          revision_id TEXT NOT NULL REFERENCES revision (id),
          media_id TEXT NOT NULL,
          PRIMARY KEY (revision_id, media_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX revision_media_by_media ON revision_media (media_id);
      `,
    },
    {
      id: "pieces/3-workflow-steps",
      sql: `
        -- Who took a revision from one state to the next, and the word of reason where there was one.
        CREATE TABLE workflow_step (
          id INTEGER PRIMARY KEY,
          revision_id TEXT NOT NULL REFERENCES revision (id),
          from_state TEXT NOT NULL,
          to_state TEXT NOT NULL,
          at TEXT NOT NULL,
          account_id TEXT NOT NULL REFERENCES account (id),
          reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX workflow_step_by_revision ON workflow_step (revision_id);
      `,
    },
  ],
};
