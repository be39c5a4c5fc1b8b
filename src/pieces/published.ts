/** Everything that is public at one moment, read in one go: what the site's pages are made of. Bodies are read one by one, later. */
import type { Database } from "bun:sqlite";
import type { LanguageTag } from "../language/tags.ts";
import type { Body } from "./body.ts";
import type { Correction, PieceKind, Section, SiteName, Tag } from "./piece.ts";

/** A published text without its body, newest first in `Published.texts`. */
export interface PublishedText {
  readonly id: string;
  readonly pieceId: string;
  readonly site: SiteName;
  readonly kind: PieceKind;
  readonly section: string | null;
  readonly tags: readonly string[];
  readonly bylines: readonly string[];
  readonly language: LanguageTag;
  readonly path: string;
  readonly publishedAt: string;
  readonly revisedAt: string | null;
  readonly revision: string;
  readonly title: string;
  readonly standfirst: string;
  readonly corrections: readonly Correction[];
  /** Ids of the material in its body. */
  readonly material: readonly string[];
  /** Ids of the pictures in its body. */
  readonly pictures: readonly string[];
}

/** An address that leads on. `to` is a path of the same site. */
export interface PublishedRedirect {
  readonly site: SiteName;
  readonly path: string;
  readonly query: string;
  readonly to: string;
}

/** An address of a withdrawn text, present or former. */
export interface Gone {
  readonly site: SiteName;
  readonly path: string;
  readonly query: string;
  readonly textId: string;
  readonly language: LanguageTag;
  /** True of the address that was the text's own, not of one that led to it. */
  readonly isOwn: boolean;
}

export interface Published {
  readonly texts: readonly PublishedText[];
  readonly sections: readonly Section[];
  readonly tags: readonly Tag[];
  readonly redirects: readonly PublishedRedirect[];
  readonly gone: readonly Gone[];
}

/**
 * Call it inside a transaction, together with whatever else has to be of the same moment. Of `before`, by id: a text in which
 * nothing has changed since is the same object, so that what was worked out of it can be kept.
 */
export function readPublished(
  database: Database,
  before: ReadonlyMap<string, PublishedText> = new Map(),
): Published {
  return {
    texts: readTexts(database).map((text) => unlessSame(before.get(text.id), text)),
    sections: readNamed<Section>(database, "section", "position, slug"),
    tags: readNamed<Tag>(database, "tag", "slug"),
    redirects: readRedirects(database),
    gone: readGone(database),
  };
}

/** Revisions never change, so this is of the same moment whenever it is read. */
export function readBody(database: Database, revision: string): Body | undefined {
  const row = database
    .query<{ body: string }, [string]>("SELECT body FROM revision_body WHERE revision_id = ?")
    .get(revision);
  return row === null ? undefined : (JSON.parse(row.body) as Body);
}

/** Ids of the pictures in any revision of a text that no other published text shows: what is withdrawn along with it. */
export function picturesOnlyIn(database: Database, textId: string): string[] {
  return database
    .query<{ id: string }, [string]>(
      `SELECT DISTINCT m.media_id AS id FROM revision r JOIN revision_media m ON m.revision_id = r.id
       WHERE r.text_id = ?1 AND m.media_id NOT IN (
         SELECT shown.media_id FROM text t JOIN revision_media shown ON shown.revision_id = t.published_revision
         WHERE t.id <> ?1)
       ORDER BY id`,
    )
    .all(textId)
    .map(({ id }) => id);
}

/** True where a published text other than this one shows the picture. */
export function isShownElsewhere(database: Database, pictureId: string, textId: string): boolean {
  const found = database
    .query(
      `SELECT 1 FROM revision_media m JOIN text t ON t.published_revision = m.revision_id
       WHERE m.media_id = ? AND t.id <> ?`,
    )
    .get(pictureId, textId);
  return found !== null;
}

type TextRow = Omit<PublishedText, "tags" | "bylines" | "corrections" | "material" | "pictures">;

function readTexts(database: Database): PublishedText[] {
  const tags = grouped<string>(database, "SELECT piece_id, tag FROM piece_tag ORDER BY piece_id, position");
  const bylines = grouped<string>(
    database,
    "SELECT piece_id, byline_id FROM piece_byline ORDER BY piece_id, position",
  );
  const material = grouped<string>(
    database,
    `SELECT t.id, m.material_id FROM text t JOIN revision_material m ON m.revision_id = t.published_revision`,
  );
  const pictures = grouped<string>(
    database,
    `SELECT t.id, m.media_id FROM text t JOIN revision_media m ON m.revision_id = t.published_revision`,
  );
  const corrections = readCorrections(database);
  const rows = database
    .query<TextRow, []>(
      `SELECT t.id, t.piece_id AS pieceId, p.site, p.kind, p.section, t.language, t.path,
         t.published_at AS publishedAt, t.revised_at AS revisedAt, t.published_revision AS revision,
         r.title, r.standfirst
       FROM text t JOIN piece p ON p.id = t.piece_id JOIN revision r ON r.id = t.published_revision
       WHERE t.publication = 'published'
       ORDER BY t.published_at DESC, t.id DESC`,
    )
    .all();
  return rows.map((row) =>
    Object.assign(row, {
      tags: tags.get(row.pieceId) ?? [],
      bylines: bylines.get(row.pieceId) ?? [],
      corrections: corrections.get(row.id) ?? [],
      material: material.get(row.id) ?? [],
      pictures: pictures.get(row.id) ?? [],
    }),
  );
}

function unlessSame(before: PublishedText | undefined, text: PublishedText): PublishedText {
  return before !== undefined && Bun.deepEquals(before, text) ? before : text;
}

function readCorrections(database: Database): Map<string, Correction[]> {
  const found = new Map<string, Correction[]>();
  const rows = database
    .query<[string, Correction["kind"], string, string], []>(
      "SELECT text_id, kind, at, note FROM correction ORDER BY at, id",
    )
    .values() as [string, Correction["kind"], string, string][];
  for (const [textId, kind, at, note] of rows) add(found, textId, { kind, at, note });
  return found;
}

/** The second column's values by the first. */
function grouped<V>(database: Database, sql: string): Map<string, V[]> {
  const found = new Map<string, V[]>();
  for (const [key, value] of database.query(sql).values() as [string, V][]) add(found, key, value);
  return found;
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function readNamed<T extends Section | Tag>(
  database: Database,
  table: "section" | "tag",
  order: string,
): T[] {
  return database
    .query<T & { names: string }, []>(`SELECT * FROM ${table} ORDER BY site, ${order}`)
    .all()
    .map((row) => Object.assign(row, { names: JSON.parse(row.names) as T["names"] }));
}

/** To a text only while it is published; to a path always. */
function readRedirects(database: Database): PublishedRedirect[] {
  return database
    .query<PublishedRedirect, []>(
      `SELECT a.site, a.path, a.query, coalesce(a.target, t.path) AS "to"
       FROM address a LEFT JOIN text t ON t.id = a.text_id
       WHERE a.own = 0 AND (a.target IS NOT NULL OR t.publication = 'published')`,
    )
    .all();
}

function readGone(database: Database): Gone[] {
  return database
    .query<Omit<Gone, "isOwn"> & { readonly own: 0 | 1 }, []>(
      `SELECT a.site, a.path, a.query, a.own, t.id AS textId, t.language
       FROM address a JOIN text t ON t.id = a.text_id
       WHERE t.publication = 'withdrawn'`,
    )
    .all()
    .map((row) => Object.assign(row, { isOwn: row.own === 1 }));
}
