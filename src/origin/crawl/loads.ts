/** Loads of addresses that are not learned yet: what came, read into facts; its body lies among the newsroom's own blobs. */
import type { Database } from "bun:sqlite";
import { fromUtf8, type Sha256, utf8 } from "../../base/bytes.ts";
import type { DocumentKind, Facts } from "../../guard/facts.ts";
import type { OriginAddress } from "../client/protected-site.ts";

export interface TakenLoad {
  readonly kind: DocumentKind;
  readonly status: number;
  /** The whole Content-Type. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly copy: Sha256;
  readonly length: number;
  /** Null for what pages are made of: its hash says it all. */
  readonly facts: Facts | null;
  readonly takenAt: string;
}

interface Row extends Omit<TakenLoad, "headers" | "facts"> {
  readonly headers: string;
  readonly facts: Uint8Array | null;
}

export class Loads {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(address: OriginAddress, load: TakenLoad): void {
    const { kind, status, type, headers, copy, length, takenAt } = load;
    const facts = load.facts === null ? null : Bun.zstdCompressSync(utf8(JSON.stringify(load.facts)));
    this.#database
      .query(
        `INSERT INTO origin_load SELECT ?1, count(*), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
         FROM origin_load WHERE address = ?1`,
      )
      .run(address, kind, status, type, JSON.stringify(headers), copy, length, facts, takenAt);
  }

  /** In the order in which they came. */
  of(address: OriginAddress): TakenLoad[] {
    return this.#database
      .query<Row, [string]>(
        `SELECT kind, status, type, headers, copy, length, facts, taken_at AS takenAt FROM origin_load
         WHERE address = ? ORDER BY number`,
      )
      .all(address)
      .map((row) =>
        Object.assign(row, {
          headers: JSON.parse(row.headers) as Record<string, string>,
          facts:
            row.facts === null ? null : (JSON.parse(fromUtf8(Bun.zstdDecompressSync(row.facts))) as Facts),
        }),
      );
  }

  forget(address: OriginAddress): void {
    this.#database.query("DELETE FROM origin_load WHERE address = ?").run(address);
  }

  clear(): void {
    this.#database.run("DELETE FROM origin_load");
  }
}
