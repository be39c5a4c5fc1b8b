/** Pieces, their texts and every revision of them. Conflicts keep both. */
import type { Database } from "bun:sqlite";
import { rfc3339 } from "../base/clock.ts";
import { assert } from "../base/errors.ts";
import { ulid } from "../base/ulid.ts";
import { isSlug, slugFrom } from "../language/slug.ts";
import { contentSchema, mayBecome, type Piece, type Revision, type Text } from "./piece.ts";
import { findPiece, findRevision, findText, insertRevision, revisionsWhere, textsWhere } from "./rows.ts";
import type { NewText, Pieces, PiecesOptions, Save, Saved } from "./api.ts";

type TextStore = Pick<
  Pieces,
  | "addPiece"
  | "piece"
  | "pieceByOrigin"
  | "changePiece"
  | "addText"
  | "text"
  | "textsOf"
  | "revision"
  | "revisionsOf"
  | "saveRevision"
  | "usesPicture"
  | "branchesOf"
  | "setWorkflow"
>;

export function textStore(database: Database, { clock, random }: PiecesOptions): TextStore {
  const newId = (): string => ulid(clock, random);
  const now = (): string => rfc3339(clock.nowMs());
  return {
    addPiece: ({ site, kind, section = null, tags = [], bylines = [], origin }) => {
      const known = origin === undefined ? undefined : findPiece(database, "origin", origin);
      if (known !== undefined) return { piece: known, added: false };
      const piece: Piece = { id: newId(), site, kind, section, tags, bylines, createdAt: now() };
      database.transaction(() => insertPiece(database, piece, origin ?? null))();
      return { piece, added: true };
    },
    piece: (id) => findPiece(database, "id", id),
    pieceByOrigin: (origin) => findPiece(database, "origin", origin),
    changePiece: (id, change) => database.transaction(() => changePiece(database, id, change))(),
    addText: (text) => database.transaction(() => addText(database, text, { newId, now }))(),
    text: (id) => findText(database, id),
    textsOf: (pieceId) => textsWhere(database, "piece_id = ? ORDER BY id", pieceId),
    revision: (id) => findRevision(database, id),
    revisionsOf: (textId) => revisionsWhere(database, "text_id = ?", textId),
    saveRevision: (save) => database.transaction(() => saveRevision(database, save, { newId, now }))(),
    usesPicture: (id) =>
      database.query("SELECT 1 FROM revision_media WHERE media_id = ? LIMIT 1").get(id) !== null,
    branchesOf: (textId) =>
      revisionsWhere(
        database,
        `text_id = ?1
         AND id NOT IN (SELECT working_revision FROM text WHERE id = ?1)
         AND id NOT IN (SELECT parent FROM revision WHERE text_id = ?1 AND parent IS NOT NULL)
         AND id NOT IN (SELECT merges FROM revision WHERE text_id = ?1 AND merges IS NOT NULL)`,
        textId,
      ),
    setWorkflow: (revisionId, to) => {
      const revision = findRevision(database, revisionId);
      if (revision === undefined || !mayBecome(revision.workflow, to)) return "no such step";
      database.query("UPDATE revision SET workflow = ? WHERE id = ?").run(to, revisionId);
      return "done";
    },
  };
}

interface Making {
  readonly newId: () => string;
  readonly now: () => string;
}

function insertPiece(database: Database, piece: Piece, origin: string | null): void {
  database
    .query("INSERT INTO piece (id, site, kind, section, origin, created_at) VALUES (?, ?, ?, ?, ?, ?)")
    .run(piece.id, piece.site, piece.kind, piece.section, origin, piece.createdAt);
  insertTags(database, piece);
  insertBylines(database, piece);
}

function insertTags(database: Database, { id, site, tags }: Piece): void {
  const insert = database.query("INSERT INTO piece_tag (piece_id, position, site, tag) VALUES (?, ?, ?, ?)");
  for (const [position, tag] of [...new Set(tags)].entries()) insert.run(id, position, site, tag);
}

function insertBylines(database: Database, { id, bylines }: Piece): void {
  const insert = database.query("INSERT INTO piece_byline (piece_id, position, byline_id) VALUES (?, ?, ?)");
  for (const [position, byline] of [...new Set(bylines)].entries()) insert.run(id, position, byline);
}

function changePiece(
  database: Database,
  id: string,
  change: Partial<Pick<Piece, "section" | "tags" | "bylines">>,
): void {
  const piece = findPiece(database, "id", id);
  assert(piece, `changing piece ${id}: there is none`);
  const changed = { ...piece, ...change };
  database.query("UPDATE piece SET section = ? WHERE id = ?").run(changed.section, id);
  database.query("DELETE FROM piece_tag WHERE piece_id = ?").run(id);
  database.query("DELETE FROM piece_byline WHERE piece_id = ?").run(id);
  insertTags(database, changed);
  insertBylines(database, changed);
}

function addText(
  database: Database,
  text: NewText,
  { newId, now }: Making,
): ReturnType<TextStore["addText"]> {
  const known = textsWhere(database, "piece_id = ? AND language = ?", text.pieceId, text.language)[0];
  if (known !== undefined) return { text: known, added: false };
  const content = contentSchema.parse(text.content);
  const id = newId();
  const slug = text.slug ?? (slugFrom(content.title) || id.toLowerCase());
  assert(isSlug(slug), `adding a text: "${slug}" is not a slug`);
  const revision: Revision = {
    ...content,
    id: newId(),
    textId: id,
    parent: null,
    merges: null,
    workflow: text.workflow ?? "draft",
    sourceRevision: text.sourceRevision ?? null,
    createdAt: now(),
    createdBy: text.by ?? null,
  };
  database
    .query(
      `INSERT INTO text (id, piece_id, language, slug, publication, working_revision)
       VALUES (?, ?, ?, ?, 'none', ?)`,
    )
    .run(id, text.pieceId, text.language, slug, revision.id);
  insertRevision(database, revision);
  return { text: existing(findText(database, id)), added: true };
}

function saveRevision(database: Database, save: Save, { newId, now }: Making): Saved {
  const text = findText(database, save.textId);
  const parent = findRevision(database, save.parent);
  assert(
    text && parent?.textId === text.id,
    `saving text ${save.textId}: ${save.parent} is not a revision of it`,
  );
  const content = contentSchema.parse(save.content);
  const revision: Revision = {
    ...content,
    id: newId(),
    textId: text.id,
    parent: parent.id,
    merges: save.merges ?? null,
    workflow: save.workflow ?? "draft",
    sourceRevision: save.sourceRevision ?? parent.sourceRevision,
    createdAt: now(),
    createdBy: save.by ?? null,
  };
  insertRevision(database, revision);
  if (parent.id !== text.workingRevision) {
    return { outcome: "conflict", revision, working: text.workingRevision };
  }
  database.query("UPDATE text SET working_revision = ? WHERE id = ?").run(revision.id, text.id);
  return { outcome: "saved", revision };
}

function existing(text: Text | undefined): Text {
  assert(text, "a text that was just written is there");
  return text;
}
