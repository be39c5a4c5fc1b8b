/** The list of all texts: what a person may read of them, filtered, counted and paged by the database. */
import type { Database } from "bun:sqlite";
import { folded } from "../language/fold.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { Person } from "../web/route.ts";
import type { FoldedTitles } from "./folded-titles.ts";
import type { PieceKind, Publication, SiteName, Workflow } from "./piece.ts";
import { allPlaces, placeValue } from "./place.ts";

export const listStates = [
  "idea",
  "draft",
  "in review",
  "ready",
  "scheduled",
  "private",
  "published",
  "withdrawn",
] as const;
/** Workflow as long as nothing was decided about publication, else publication. */
export type ListState = (typeof listStates)[number];

export interface ListFilter {
  readonly state?: ListState | undefined;
  /** Only what this person wrote at. */
  readonly mine?: boolean | undefined;
  readonly language?: LanguageTag | undefined;
  /** `portal/rif`, or `portal/` for what stands in none. */
  readonly section?: string | undefined;
  /** All of these words, in any order. */
  readonly title?: string | undefined;
  /** From 1. */
  readonly page?: number | undefined;
}

export interface ListRow {
  readonly id: string;
  readonly site: SiteName;
  readonly kind: PieceKind;
  readonly section: string | null;
  readonly language: LanguageTag;
  readonly title: string;
  readonly publication: Publication;
  readonly workflow: Workflow;
  readonly scheduledFor: string | null;
  /** A newer version than the published one exists. */
  readonly newer: 0 | 1;
  readonly changedAt: string;
  /** Name of an account; null for an import. */
  readonly changedBy: string | null;
}

export interface TextList {
  readonly rows: readonly ListRow[];
  /** That fit the filter, on all pages. */
  readonly found: number;
  readonly pages: number;
  /** Of everything that the person may read, whatever the filter. */
  readonly counts: ReadonlyMap<ListState, number>;
}

const rowsPerPage = 40;

const tables = `text t JOIN piece p ON p.id = t.piece_id JOIN revision r ON r.id = t.working_revision`;
const stateOf = `CASE t.publication WHEN 'none' THEN r.workflow ELSE t.publication END`;

export interface ListParts {
  readonly database: Database;
  readonly titles: FoldedTitles;
}

export function readList({ database, titles }: ListParts, person: Person, filter: ListFilter): TextList {
  const readable = readableBy(database, person);
  const conditions = conditionsOf(filter, person);
  const titled = idsTitled({ database, titles }, readable, filter);
  const chosen = [readable, ...conditions, ...(titled === undefined ? [] : [isOneOf(titled)])];
  const where = chosen.map(({ sql }) => sql).join(" AND ");
  const values = Object.assign({}, ...chosen.map((each) => each.values)) as Values;
  const counts = countStates(database, readable);
  const whole = titled?.length ?? sumOf(counts);
  const found = conditions.length === 0 ? whole : countRows(database, where, values);
  const pages = Math.max(1, Math.ceil(found / rowsPerPage));
  const page = Math.min(filter.page ?? 1, pages);
  return {
    rows: readRows(database, where, { ...values, limit: rowsPerPage, offset: (page - 1) * rowsPerPage }),
    found,
    pages,
    counts,
  };
}

type Values = Record<string, string | number>;

interface Condition {
  /** With parameters as `$name`. */
  readonly sql: string;
  readonly values: Values;
}

const everything: Condition = { sql: "true", values: {} };

/** From what the person may do, place by place: there are some dozens of places, and thousands of texts. */
function readableBy(database: Database, person: Person): Condition {
  if (person.may("read", "everywhere")) return everything;
  const readable = allPlaces(database)
    .filter((place) => person.may("read", place))
    .map(placeValue);
  return {
    sql: `p.site || '/' || coalesce(p.section, '') IN (SELECT value FROM json_each($readable))`,
    values: { readable: JSON.stringify(readable) },
  };
}

function conditionsOf({ state, mine, language, section }: ListFilter, person: Person): Condition[] {
  const conditions: Condition[] = [];
  if (state !== undefined) conditions.push({ sql: `${stateOf} = $state`, values: { state } });
  if (language !== undefined) conditions.push({ sql: "t.language = $language", values: { language } });
  if (section !== undefined)
    conditions.push({ sql: "p.site || '/' || coalesce(p.section, '') = $section", values: { section } });
  if (mine === true) {
    const sql = "EXISTS (SELECT 1 FROM revision m WHERE m.text_id = t.id AND m.created_by = $person)";
    conditions.push({ sql, values: { person: person.id } });
  }
  return conditions;
}

/** SQLite folds the case of ASCII only, so titles (and nothing else) are compared here. Undefined where none are sought. */
function idsTitled(
  { database, titles }: ListParts,
  { sql, values }: Condition,
  { title = "" }: ListFilter,
): string[] | undefined {
  const sought = folded(title).split(" ").filter(Boolean);
  if (sought.length === 0) return undefined;
  const from = sql === everything.sql ? "text t" : "text t JOIN piece p ON p.id = t.piece_id";
  return database
    .query<{ id: string; revision: string }, [Values]>(
      `SELECT t.id, t.working_revision AS revision FROM ${from} WHERE ${sql}`,
    )
    .all(values)
    .filter(({ revision }) => {
      const own = titles.of(revision);
      return sought.every((word) => own.includes(word));
    })
    .map(({ id }) => id);
}

/** The plus keeps SQLite from looking up each id and sorting them all: it reads from the newest on, until a page is full. */
function isOneOf(ids: readonly string[]): Condition {
  return {
    sql: "+t.id IN (SELECT value FROM json_each($titled))",
    values: { titled: JSON.stringify(ids) },
  };
}

/** Newest changes first: ids of revisions grow with time. */
function readRows(database: Database, where: string, values: Values): ListRow[] {
  return database
    .query<ListRow, [Values]>(
      `SELECT t.id, p.site, p.kind, p.section, t.language, r.title, t.publication, r.workflow,
         t.scheduled_for AS scheduledFor, r.created_at AS changedAt, a.name AS changedBy,
         t.published_revision IS NOT NULL AND t.published_revision <> t.working_revision AS newer
       FROM ${tables} LEFT JOIN account a ON a.id = r.created_by
       WHERE ${where} ORDER BY t.working_revision DESC LIMIT $limit OFFSET $offset`,
    )
    .all(values);
}

function countRows(database: Database, where: string, values: Values): number {
  const sql = `SELECT count(*) AS n FROM ${tables} WHERE ${where}`;
  return database.query<{ n: number }, [Values]>(sql).get(values)?.n ?? 0;
}

function sumOf(counts: ReadonlyMap<ListState, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function countStates(database: Database, { sql, values }: Condition): Map<ListState, number> {
  const rows = database
    .query<{ state: ListState; n: number }, [Values]>(
      `SELECT ${stateOf} AS state, count(*) AS n FROM ${tables} WHERE ${sql} GROUP BY 1`,
    )
    .all(values);
  return new Map(rows.map(({ state, n }) => [state, n]));
}
