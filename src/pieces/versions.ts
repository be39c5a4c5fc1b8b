/** What the editor's page opens: the text as it is now, or a version that a conflict left beside it. */
import type { Database } from "bun:sqlite";
import type { Pieces } from "./api.ts";
import type { Opened, Version } from "./editor/exchange.ts";
import type { Revision, Text } from "./piece.ts";

export interface VersionParts {
  readonly database: Database;
  readonly pieces: Pieces;
}

export function versionOf(revision: Revision, { database }: VersionParts): Version {
  const { id, createdAt, createdBy, title, standfirst, body } = revision;
  return { revision: id, at: createdAt, by: accountName(database, createdBy), title, standfirst, body };
}

function accountName(database: Database, id: string | null): string | null {
  if (id === null) return null;
  const row = database.query<{ name: string }, [string]>("SELECT name FROM account WHERE id = ?").get(id);
  return row?.name ?? null;
}

type OpenedVersion = Omit<Opened, "unsaved" | "timeZone" | "material">;

/** `branch`: id of one of `branches`, to be brought together with the text; anything else opens the text itself. */
export function openedVersion(
  { id, language }: Text,
  working: Revision,
  { branches, branch, parts }: { branches: readonly Revision[]; branch: string | null; parts: VersionParts },
): OpenedVersion {
  const now = versionOf(working, parts);
  const beside = branches.find((each) => each.id === branch);
  if (beside === undefined) return { text: id, language, mine: now, theirs: null };
  return { text: id, language, mine: versionOf(beside, parts), theirs: now };
}
