/** What the editor's page opens: the text as it is now, or a version that a conflict left beside it. */
import type { People } from "../people/store.ts";
import type { Opened, Version } from "./editor/exchange.ts";
import type { Revision, Text } from "./piece.ts";

export interface VersionParts {
  readonly people: Pick<People, "account">;
}

export function versionOf(revision: Revision, parts: VersionParts): Version {
  const { id, createdAt, title, standfirst, body } = revision;
  return { revision: id, at: createdAt, by: writerOf(revision, parts), title, standfirst, body };
}

/** Name of who saved it; null for an import. */
export function writerOf(
  { createdBy }: Pick<Revision, "createdBy">,
  { people }: VersionParts,
): string | null {
  return createdBy === null ? null : (people.account(createdBy)?.name ?? null);
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
