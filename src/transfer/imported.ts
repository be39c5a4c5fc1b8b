/**
 * What an import remembers of each text: where it came from, and what it looked like when it came in. That is how a second run
 * knows what an editor changed since.
 */
import type { Database } from "bun:sqlite";
import { type Sha256, sha256 } from "../base/bytes.ts";
import type { Content, Publication } from "../pieces/piece.ts";

export interface Imported {
  /** `wxr:https://old.example/?p=358`. */
  readonly origin: string;
  readonly textId: string;
  /** The revision that the import wrote last. */
  readonly revisionId: string;
  /** Of that revision's content. */
  readonly digest: Sha256;
  readonly publication: Publication;
}

export interface ImportedTexts {
  find(origin: string): Imported | undefined;
  remember(imported: Imported): void;
}

export function importedTexts(database: Database): ImportedTexts {
  return {
    find: (origin) =>
      database
        .query<Imported, [string]>(
          `SELECT origin, text_id AS textId, revision_id AS revisionId, digest, publication
           FROM imported_text WHERE origin = ?`,
        )
        .get(origin) ?? undefined,
    remember: (imported) =>
      void database
        .query(
          `INSERT INTO imported_text (origin, text_id, revision_id, digest, publication)
           VALUES ($origin, $textId, $revisionId, $digest, $publication)
           ON CONFLICT (origin) DO UPDATE SET
             revision_id = $revisionId, digest = $digest, publication = $publication`,
        )
        .run({ ...imported }),
  };
}

export function digestOf({ title, standfirst, body }: Content): Sha256 {
  return sha256(JSON.stringify([title, standfirst, body]));
}
