/** People: accounts, bylines, grants; passkeys, sessions and invitations. No passwords, ever. */
import type { Feature } from "../web/feature.ts";
import { auditMigration } from "./audit.ts";
import { peopleDeeds } from "./deeds.ts";
import type { PeopleParts } from "./parts.ts";
import { routes } from "./routes.ts";
import { membershipMigration } from "./tables.ts";

export const feature: Feature<PeopleParts> = {
  name: "people",
  routes,
  menu: [
    {
      path: "/people",
      folder: "/record",
      act: "manage people",
      words: { ar: "الفريق", fr: "Équipe", en: "People" },
    },
  ],
  deeds: peopleDeeds,
  migrations: [
    {
      id: "people/1-accounts-bylines-grants",
      sql: `
        CREATE TABLE account (
          id TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE byline (
          id TEXT PRIMARY KEY,
          slug TEXT NOT NULL UNIQUE,
          names TEXT NOT NULL,
          origin TEXT UNIQUE
        ) STRICT;

        CREATE TABLE account_grant (
          account_id TEXT NOT NULL REFERENCES account (id),
          role TEXT NOT NULL CHECK (role IN ('contributor', 'editor', 'moderator', 'steward')),
          site TEXT,
          section TEXT,
          CHECK (section IS NULL OR site IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX account_grant_once
          ON account_grant (account_id, role, coalesce(site, ''), coalesce(section, ''));
      `,
    },
    auditMigration,
    membershipMigration,
  ],
};
