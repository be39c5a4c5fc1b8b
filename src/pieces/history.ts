/** Every revision of a text as its history shows it: newest first, with how much each one changed. */
import type { Database } from "bun:sqlite";
import { wordsOf } from "./body.ts";
import type { PiecesParts } from "./parts.ts";
import type { Revision, Text, Workflow } from "./piece.ts";

export interface HistoryEntry {
  readonly id: string;
  readonly parent: string | null;
  readonly merges: string | null;
  readonly workflow: Workflow;
  readonly createdAt: string;
  /** Name of an account; null for an import. */
  readonly by: string | null;
  readonly title: string;
  /** A conflict left it beside the text, and nobody has taken it in. */
  readonly isBranch: boolean;
  /** In words, against its parent; undefined where counting would take too long. */
  readonly size: Size | undefined;
}

export interface Size {
  readonly added: number;
  readonly removed: number;
}

export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly pages: number;
}

const entriesPerPage = 30;

/** Of the bodies on one page and their parents, as stored. */
const countedBytesMax = 4 * 1024 * 1024;

type Row = Omit<HistoryEntry, "isBranch" | "size">;

/** `page`: from 1. */
export function readHistory({ database, pieces }: PiecesParts, text: Text, page: number): History {
  const total =
    database
      .query<{ n: number }, [string]>("SELECT count(*) AS n FROM revision WHERE text_id = ?")
      .get(text.id)?.n ?? 0;
  const pages = Math.max(1, Math.ceil(total / entriesPerPage));
  const rows = database
    .query<Row, [string, number, number]>(
      `SELECT r.id, r.parent, r.merges, r.workflow, r.created_at AS createdAt, a.name AS by, r.title
       FROM revision r LEFT JOIN account a ON a.id = r.created_by
       WHERE r.text_id = ? ORDER BY r.id DESC LIMIT ? OFFSET ?`,
    )
    .all(text.id, entriesPerPage, (Math.min(page, pages) - 1) * entriesPerPage);
  const branches = new Set(pieces.branchesOf(text.id).map(({ id }) => id));
  const sizes = countSizes({ database, pieces }, rows);
  return {
    pages,
    entries: rows.map((row) => Object.assign(row, { isBranch: branches.has(row.id), size: sizes(row) })),
  };
}

/** By words that one has and the other hasn't, wherever they stand: what was only moved counts as nothing. */
function countSizes(
  { database, pieces }: Pick<PiecesParts, "database" | "pieces">,
  rows: readonly Row[],
): (row: Row) => Size | undefined {
  const ids = [...new Set(rows.flatMap(({ id, parent }) => [id, ...(parent === null ? [] : [parent])]))];
  if (bytesOf(database, ids) > countedBytesMax) return () => undefined;
  const counted = new Map<string, Map<string, number>>();
  const bag = (id: string): Map<string, number> => {
    const known = counted.get(id) ?? wordCounts(pieces.revision(id));
    counted.set(id, known);
    return known;
  };
  return ({ id, parent }) => {
    const [before, after] = [parent === null ? new Map<string, number>() : bag(parent), bag(id)];
    return { added: surplus(after, before), removed: surplus(before, after) };
  };
}

function bytesOf(database: Database, ids: readonly string[]): number {
  const row = database
    .query<{ bytes: number | null }, [string]>(
      "SELECT sum(length(body)) AS bytes FROM revision_body WHERE revision_id IN (SELECT value FROM json_each(?))",
    )
    .get(JSON.stringify(ids));
  return row?.bytes ?? 0;
}

function wordCounts(revision: Revision | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  if (revision === undefined) return counts;
  const { title, standfirst, body } = revision;
  for (const [word] of `${title} ${standfirst} ${wordsOf(body)}`.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function surplus(of: ReadonlyMap<string, number>, over: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [word, count] of of) sum += Math.max(0, count - (over.get(word) ?? 0));
  return sum;
}
