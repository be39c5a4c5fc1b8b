/** Rows of the newsroom's database as the model's types. What is stored was parsed on its way in, so it is trusted here. */
import type { Database } from "bun:sqlite";
import { materialIn, mediaIn } from "./body.ts";
import type { Piece, Revision, Text } from "./piece.ts";

type PieceRow = Omit<Piece, "tags" | "bylines">;
type RevisionRow = Omit<Revision, "body"> & { readonly body: string };

const textColumns = `
  id, piece_id AS pieceId, language, slug, publication, published_at AS publishedAt, revised_at AS revisedAt,
  scheduled_for AS scheduledFor, path, working_revision AS workingRevision, published_revision AS publishedRevision`;
const revisionColumns = `
  id, text_id AS textId, parent, merges, workflow, source_revision AS sourceRevision, created_at AS createdAt,
  created_by AS createdBy, title, standfirst, body`;
const revisionTables = "revision JOIN revision_body ON revision_id = id";

export function findPiece(database: Database, where: "id" | "origin", value: string): Piece | undefined {
  const row = database
    .query<PieceRow, [string]>(
      `SELECT id, site, kind, section, created_at AS createdAt FROM piece WHERE ${where} = ?`,
    )
    .get(value);
  if (row === null) return undefined;
  const listed = (column: "tag" | "byline_id", table: "piece_tag" | "piece_byline"): string[] =>
    database
      .query<{ value: string }, [string]>(
        `SELECT ${column} AS value FROM ${table} WHERE piece_id = ? ORDER BY position`,
      )
      .all(row.id)
      .map(({ value: each }) => each);
  return { ...row, tags: listed("tag", "piece_tag"), bylines: listed("byline_id", "piece_byline") };
}

/** `where` is SQL of this folder's own with its parameters as `?`. */
export function textsWhere(database: Database, where: string, ...values: string[]): Text[] {
  return database.query<Text, string[]>(`SELECT ${textColumns} FROM text WHERE ${where}`).all(...values);
}

export function findText(database: Database, id: string): Text | undefined {
  return textsWhere(database, "id = ?", id)[0];
}

export function updateText(database: Database, text: Text): void {
  const { pieceId: _piece, language: _language, ...changing } = text;
  database
    .query(
      `UPDATE text SET slug = $slug, publication = $publication, published_at = $publishedAt,
         revised_at = $revisedAt, scheduled_for = $scheduledFor, path = $path,
         working_revision = $workingRevision, published_revision = $publishedRevision
       WHERE id = $id`,
    )
    .run(changing);
}

export function revisionsWhere(database: Database, where: string, ...values: string[]): Revision[] {
  return database
    .query<RevisionRow, string[]>(
      `SELECT ${revisionColumns} FROM ${revisionTables} WHERE ${where} ORDER BY id`,
    )
    .all(...values)
    .map(revisionFrom);
}

function revisionFrom(row: RevisionRow): Revision {
  return { ...row, body: JSON.parse(row.body) as Revision["body"] };
}

export function findRevision(database: Database, id: string): Revision | undefined {
  return revisionsWhere(database, "id = ?", id)[0];
}

/** With what its body shows of others. */
export function insertRevision(database: Database, { body, ...columns }: Revision): void {
  database
    .query(
      `INSERT INTO revision
         (id, text_id, parent, merges, workflow, source_revision, created_at, created_by, title, standfirst)
       VALUES ($id, $textId, $parent, $merges, $workflow, $sourceRevision, $createdAt, $createdBy, $title,
         $standfirst)`,
    )
    .run(columns);
  database.query("INSERT INTO revision_body VALUES (?, ?)").run(columns.id, JSON.stringify(body));
  const linkMaterial = database.query("INSERT INTO revision_material VALUES (?, ?)");
  for (const id of materialIn(body)) linkMaterial.run(columns.id, id);
  const linkMedia = database.query("INSERT INTO revision_media VALUES (?, ?)");
  for (const id of mediaIn(body)) linkMedia.run(columns.id, id);
}
