/** Addresses that were learned, as they lie in the database: those of a snapshot that waits to be approved, and those of the baseline. */
import type { Database } from "bun:sqlite";
import type { Sha256 } from "../../base/bytes.ts";
import type { SnapshotFacts } from "../../bus/origin-facts.ts";
import type { DocumentKind } from "../../guard/facts.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export interface Entry {
  readonly address: OriginAddress;
  readonly kind: DocumentKind;
  readonly status: number;
  /** The whole Content-Type. */
  readonly type: string;
  /** What the approved copy is sent with. */
  readonly headers: Readonly<Record<string, string>>;
  /** The approved copy. */
  readonly copy: Sha256;
  readonly length: number;
  /** What is known of a page (guard/learning/page.ts), encoded; null for what a page is made of. */
  readonly facts: { readonly sha256: Sha256; readonly data: Uint8Array } | null;
  readonly takenAt: string;
  /** `fr`; empty where the page doesn't say. */
  readonly language: string;
  /** What changes in it by itself, in a word each. */
  readonly volatile: readonly string[];
  /** What a person should know of it. */
  readonly note: string | null;
  /** Not approved unless somebody names it. */
  readonly keptOut: boolean;
}

export type EntriesSummary = Pick<
  SnapshotFacts,
  "pages" | "assets" | "bytes" | "volatile" | "languages" | "suspicious"
>;

/** That are named; as many as a message holds. */
const suspiciousMax = 200;

/** What a manifest says of an entry: its facts by name alone. */
export interface NamedEntry extends Pick<
  Entry,
  "address" | "status" | "type" | "headers" | "copy" | "length" | "takenAt"
> {
  readonly facts: { readonly sha256: Sha256; readonly length: number } | null;
}

type EntriesTable = "origin_learned" | "origin_baseline";

interface Row {
  readonly address: OriginAddress;
  readonly kind: DocumentKind;
  readonly status: number;
  readonly type: string;
  readonly headers: string;
  readonly copy: Sha256;
  readonly length: number;
  readonly facts: Uint8Array | null;
  readonly facts_sha256: Sha256 | null;
  readonly taken_at: string;
  readonly language: string;
  readonly volatile: string;
  readonly note: string | null;
  readonly kept_out: 0 | 1;
}

export class Entries {
  readonly #database: Database;
  readonly #table: EntriesTable;

  constructor(database: Database, table: EntriesTable) {
    this.#database = database;
    this.#table = table;
  }

  /** In the order of their addresses; one at a time in memory. */
  *all(): Generator<Entry> {
    // Not `query`, which would hand two readers at a time the same place.
    const rows = this.#database.prepare<Row, []>(`SELECT * FROM ${this.#table} ORDER BY address`).iterate();
    for (const row of rows) yield entryOf(row);
  }

  /** The same without what is known of each. */
  *named(): Generator<NamedEntry> {
    const rows = this.#database
      .prepare<Omit<Row, "facts"> & { readonly facts_length: number | null }, []>(
        `SELECT address, status, type, headers, copy, length, facts_sha256, taken_at, length(facts) AS facts_length
         FROM ${this.#table} ORDER BY address`,
      )
      .iterate();
    for (const { address, status, type, headers, copy, length, taken_at: takenAt, ...row } of rows) {
      const { facts_sha256: sha256, facts_length: bytes } = row;
      const facts = sha256 === null || bytes === null ? null : { sha256, length: bytes };
      const said = JSON.parse(headers) as Record<string, string>;
      yield { address, status, type, headers: said, copy, length, takenAt, facts };
    }
  }

  /** Every address at this path, and every other one that shows just the same page: `/page` and `/page/`. */
  sameAs(path: string): OriginAddress[] {
    return this.#database
      .query<{ address: OriginAddress }, [string, string]>(
        `WITH here AS (SELECT address, copy, status, length FROM ${this.#table}
           WHERE address = ?1 OR substr(address, 1, length(?2)) = ?2)
         SELECT address FROM ${this.#table} WHERE address IN (SELECT address FROM here)
           OR copy IN (SELECT copy FROM here WHERE status = 200 AND length > 0)`,
      )
      .all(path, `${path}?`)
      .map(({ address }) => address);
  }

  get(address: OriginAddress): Entry | undefined {
    const row = this.#database
      .query<Row, [string]>(`SELECT * FROM ${this.#table} WHERE address = ?`)
      .get(address);
    return row === null ? undefined : entryOf(row);
  }

  /** Whose copy or facts these bytes are. */
  withBlob(sha256: Sha256): Entry | undefined {
    const row = this.#database
      .query<Row, [string, string]>(`SELECT * FROM ${this.#table} WHERE copy = ? OR facts_sha256 = ? LIMIT 1`)
      .get(sha256, sha256);
    return row === null ? undefined : entryOf(row);
  }

  put(entry: Entry): void {
    const { address, kind, status, type, headers, copy, length, facts, takenAt } = entry;
    this.#database
      .query(
        `INSERT OR REPLACE INTO ${this.#table} VALUES
         (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        address,
        kind,
        status,
        type,
        JSON.stringify(headers),
        copy,
        length,
        facts?.data ?? null,
        facts?.sha256 ?? null,
        takenAt,
        entry.language,
        JSON.stringify(entry.volatile),
        entry.note,
        entry.keptOut ? 1 : 0,
      );
  }

  remove(address: OriginAddress): void {
    this.#database.query(`DELETE FROM ${this.#table} WHERE address = ?`).run(address);
  }

  clear(): void {
    this.#database.run(`DELETE FROM ${this.#table}`);
  }

  /** Keeps it out until somebody names it. */
  doubt(address: OriginAddress, note: string): void {
    this.#database
      .query(`UPDATE ${this.#table} SET note = ?, kept_out = 1 WHERE address = ?`)
      .run(note, address);
  }

  /** What a person should know of it, although it stays in. Nothing of what is kept out, which says why already. */
  remark(address: OriginAddress, note: string): void {
    this.#database
      .query(`UPDATE ${this.#table} SET note = ? WHERE address = ? AND kept_out = 0`)
      .run(note, address);
  }

  addresses(): OriginAddress[] {
    return this.#database
      .query<{ address: OriginAddress }, []>(`SELECT address FROM ${this.#table} ORDER BY address`)
      .all()
      .map(({ address }) => address);
  }

  /** Pages in the order of their addresses, those behind this one first. */
  pagesAfter(address: OriginAddress, count: number): OriginAddress[] {
    return this.#database
      .query<{ address: OriginAddress }, [string, number]>(
        `SELECT address FROM ${this.#table} WHERE facts IS NOT NULL AND status = 200
         ORDER BY address <= ?, address LIMIT ?`,
      )
      .all(address, count)
      .map((row) => row.address);
  }

  count(): number {
    return (
      this.#database.query<{ count: number }, []>(`SELECT count(*) AS count FROM ${this.#table}`).get()
        ?.count ?? 0
    );
  }

  summary(): EntriesSummary {
    const counts = this.#database
      .query<{ pages: number; assets: number; bytes: number }, []>(
        `SELECT count(facts_sha256) AS pages, count(*) - count(facts_sha256) AS assets,
         ifnull(sum(length), 0) AS bytes FROM ${this.#table}`,
      )
      .get();
    return {
      ...(counts ?? { pages: 0, assets: 0, bytes: 0 }),
      volatile: this.#tally("SELECT value AS name FROM $table, json_each(volatile)"),
      languages: this.#tally("SELECT language AS name FROM $table WHERE language != ''"),
      suspicious: this.#suspicious(),
    };
  }

  #tally(names: string): Record<string, number> {
    const sql = `SELECT substr(name, 1, 40) AS name, count(*) AS count
      FROM (${names.replace("$table", this.#table)}) GROUP BY 1 ORDER BY count DESC LIMIT 40`;
    const rows = this.#database.query<{ name: string; count: number }, []>(sql).all();
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }

  #suspicious(): EntriesSummary["suspicious"] {
    return this.#database
      .query<{ address: string; why: string; kept_out: number }, [number]>(
        `SELECT address, substr(note, 1, 500) AS why, kept_out FROM ${this.#table} WHERE note IS NOT NULL
         ORDER BY kept_out DESC, address LIMIT ?`,
      )
      .all(suspiciousMax)
      .map(({ address, why, kept_out }) => ({ address, why, kept_out: kept_out === 1 }));
  }
}

function entryOf(row: Row): Entry {
  const {
    headers,
    facts,
    facts_sha256: sha256,
    taken_at: takenAt,
    volatile,
    kept_out: isOut,
    ...plain
  } = row;
  return {
    ...plain,
    takenAt,
    headers: JSON.parse(headers) as Record<string, string>,
    facts: facts === null || sha256 === null ? null : { sha256, data: facts },
    volatile: JSON.parse(volatile) as string[],
    keptOut: isOut === 1,
  };
}
