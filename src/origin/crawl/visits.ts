/** When the newsroom looked at each page of the baseline last, and since when one is missing. */
import type { Database } from "bun:sqlite";
import type { OriginAddress } from "../client/protected-site.ts";

export class Visits {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Pages that were not looked at for longest. */
  oldest(count: number): OriginAddress[] {
    return this.#database
      .query<{ address: OriginAddress }, [number]>(
        `SELECT origin_baseline.address FROM origin_baseline LEFT JOIN origin_visit USING (address)
         ORDER BY coalesce(at_ms, 0), origin_baseline.address LIMIT ?`,
      )
      .all(count)
      .map(({ address }) => address);
  }

  seen(address: OriginAddress, nowMs: number): void {
    this.#database
      .query("INSERT OR REPLACE INTO origin_visit (address, at_ms, missing_since_ms) VALUES (?, ?, NULL)")
      .run(address, nowMs);
  }

  /** Returns since when. */
  missing(address: OriginAddress, nowMs: number): number {
    return (
      this.#database
        .query<{ since: number }, [string, number]>(
          `INSERT INTO origin_visit (address, at_ms, missing_since_ms) VALUES (?1, ?2, ?2)
           ON CONFLICT (address) DO UPDATE SET at_ms = ?2, missing_since_ms = coalesce(missing_since_ms, ?2)
           RETURNING missing_since_ms AS since`,
        )
        .get(address, nowMs)?.since ?? nowMs
    );
  }

  /** When it was looked at last, ms since 1970; 0: never. */
  at(address: OriginAddress): number {
    return (
      this.#database
        .query<{ at: number }, [string]>("SELECT at_ms AS at FROM origin_visit WHERE address = ?")
        .get(address)?.at ?? 0
    );
  }

  /** Pages that were missing when they were looked at last. */
  missingNow(): number {
    return (
      this.#database
        .query<{ count: number }, []>(
          "SELECT count(*) AS count FROM origin_visit JOIN origin_baseline USING (address) WHERE missing_since_ms IS NOT NULL",
        )
        .get()?.count ?? 0
    );
  }
}
