/** Rows of pictures. A picture that is withdrawn has none any more: only the hashes of its clean files stay, so that they don't come back. */
import type { Database } from "bun:sqlite";
import type { Picture, PictureFacts, Variant } from "./picture.ts";

export function insertPicture(
  database: Database,
  { id, createdAt, createdBy, animated, variants }: Picture,
): void {
  database
    .query("INSERT INTO picture (id, created_at, created_by, animated) VALUES (?, ?, ?, ?)")
    .run(id, createdAt, createdBy, animated ? 1 : 0);
  const insert = database.query(
    "INSERT INTO picture_variant (picture_id, type, width, height, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const { type, width, height, bytes, sha256 } of variants)
    insert.run(id, type, width, height, bytes, sha256);
}

type FactsRow = Omit<PictureFacts, "animated" | "variants"> & { readonly animated: 0 | 1 };
type PictureRow = FactsRow & Pick<Picture, "createdAt" | "createdBy">;

export function findPicture(database: Database, id: string): Picture | undefined {
  const row = database
    .query<PictureRow, [string]>(
      "SELECT id, created_at AS createdAt, created_by AS createdBy, animated FROM picture WHERE id = ?",
    )
    .get(id);
  if (row === null) return undefined;
  return { ...row, animated: row.animated === 1, variants: variantsOf(database, [id]).get(id) ?? [] };
}

/** Those of `ids` that there are, by id: what pages show. */
export function readPictures(database: Database, ids: readonly string[]): Map<string, PictureFacts> {
  if (ids.length === 0) return new Map();
  const variants = variantsOf(database, ids);
  const rows = database
    .query<FactsRow, [string]>(
      "SELECT id, animated FROM picture WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )
    .all(JSON.stringify(ids));
  return new Map(
    rows.map(({ id, animated }) => [id, { id, animated: animated === 1, variants: variants.get(id) ?? [] }]),
  );
}

function variantsOf(database: Database, ids: readonly string[]): Map<string, Variant[]> {
  const rows = database
    .query<Variant & { readonly pictureId: string }, [string]>(
      `SELECT picture_id AS pictureId, type, width, height, bytes, sha256 FROM picture_variant
       WHERE picture_id IN (SELECT value FROM json_each(?)) ORDER BY picture_id, type DESC, width`,
    )
    .all(JSON.stringify(ids));
  const found = new Map<string, Variant[]>();
  for (const { pictureId, ...variant } of rows)
    found.set(pictureId, [...(found.get(pictureId) ?? []), variant]);
  return found;
}

/** True where a picture with one of these files was withdrawn. */
export function wasWithdrawn(database: Database, variants: readonly Variant[]): boolean {
  const hashes = JSON.stringify(variants.map(({ sha256 }) => sha256));
  return (
    database
      .query("SELECT 1 FROM picture_withdrawn WHERE sha256 IN (SELECT value FROM json_each(?)) LIMIT 1")
      .get(hashes) !== null
  );
}

/**
 * Takes pictures away for good, with every copy of them that somebody brought in again and that no published text shows. Runs in
 * the caller's transaction; `Pictures.sweep` erases the files.
 */
export function withdrawPictures(
  database: Database,
  ids: readonly string[],
  isShown: (id: string) => boolean,
): void {
  const copies = database
    .query<{ readonly id: string }, [string]>(
      `SELECT DISTINCT copy.picture_id AS id FROM picture_variant AS copy JOIN picture_variant AS own USING (sha256)
       WHERE own.picture_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids))
    .map(({ id }) => id);
  const gone = copies.filter((id) => !isShown(id));
  const hashes = [...variantsOf(database, gone).values()].flat().map(({ sha256 }) => sha256);
  removePictures(database, gone);
  const remember = database.query(
    `INSERT OR IGNORE INTO picture_withdrawn (sha256)
     SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM picture_variant WHERE sha256 = ?1)`,
  );
  for (const hash of hashes) remember.run(hash);
}

/** Their rows go now, and it is noted that their files have to. */
export function removePictures(database: Database, ids: readonly string[]): void {
  for (const id of ids) {
    noteErasure(database, id);
    database.query("DELETE FROM picture_variant WHERE picture_id = ?").run(id);
    database.query("DELETE FROM picture WHERE id = ?").run(id);
  }
}

/** Whatever files of it lie there have to go, unless the note is taken back. */
export function noteErasure(database: Database, id: string): void {
  database.query("INSERT OR IGNORE INTO picture_erasure (picture_id) VALUES (?)").run(id);
}

export function dropErasure(database: Database, id: string): void {
  database.query("DELETE FROM picture_erasure WHERE picture_id = ?").run(id);
}
