/** The addresses that a snapshot being made has heard of, and what is to be loaded next. Every change is on the disk at once. */
import type { Database } from "bun:sqlite";
import { type CrawlBounds, formOf, isRunaway, ofFormMax } from "./forms-of-addresses.ts";
import type { OriginAddress } from "../client/protected-site.ts";

/** `page`: what people open. `asset`: what pages are made of. Which it is in truth shows when it is loaded. */
export type Part = "page" | "asset";

export interface FoundAddress {
  readonly address: OriginAddress;
  readonly part: Part;
  readonly hops: number;
  /** So many loads were taken of it, of so many that it takes. */
  readonly loads: number;
  readonly wanted: number;
  readonly attempts: number;
}

export interface Discovery {
  readonly address: OriginAddress;
  readonly part: Part;
  /** Links from where everything begins. */
  readonly hops: number;
  /** Somebody who knows the site named it (a sitemap, the front): no trap. */
  readonly isNamed: boolean;
}

export interface FoundLimits extends CrawlBounds {
  readonly pagesMax: number;
  readonly assetsMax: number;
}

/** Loads of one address until more are needed: of a page, to see what changes by itself; of an asset, that it doesn't. */
export const firstWanted: Readonly<Record<Part, number>> = { page: 3, asset: 2 };

export class FoundAddresses {
  readonly #database: Database;
  readonly #limits: FoundLimits;
  readonly #counts: Record<Part, number>;

  constructor(database: Database, limits: FoundLimits) {
    this.#database = database;
    this.#limits = limits;
    this.#counts = { page: this.#count("part = 'page'"), asset: this.#count("part = 'asset'") };
  }

  /** Takes in what is new and within bounds. */
  add(discoveries: Iterable<Discovery>): void {
    this.#database.transaction(() => {
      for (const discovery of discoveries) if (this.#takes(discovery)) this.#insert(discovery);
    })();
  }

  /** What has waited with the fewest loads, nearest to the front first; undefined where nothing is due. */
  next(nowMs: number, busy: readonly OriginAddress[]): FoundAddress | undefined {
    return (
      this.#database
        .query<FoundAddress, [number, string]>(
          `SELECT address, part, hops, loads, wanted, attempts FROM origin_found
           WHERE state = 'waiting' AND due_ms <= ? AND address NOT IN (SELECT value FROM json_each(?))
           ORDER BY loads, hops, rowid LIMIT 1`,
        )
        .get(nowMs, JSON.stringify(busy)) ?? undefined
    );
  }

  /** When something is due; undefined where nothing waits. */
  nextDueMs(): number | undefined {
    return (
      this.#database
        .query<{ due: number | null }, []>(
          "SELECT min(due_ms) AS due FROM origin_found WHERE state = 'waiting'",
        )
        .get()?.due ?? undefined
    );
  }

  loaded(address: OriginAddress, dueMs: number): void {
    this.#database
      .query("UPDATE origin_found SET loads = loads + 1, attempts = 0, due_ms = ? WHERE address = ?")
      .run(dueMs, address);
  }

  want(address: OriginAddress, loads: number): void {
    this.#database.query("UPDATE origin_found SET wanted = ? WHERE address = ?").run(loads, address);
  }

  again(address: OriginAddress, dueMs: number, reason: string): void {
    this.#database
      .query("UPDATE origin_found SET attempts = attempts + 1, due_ms = ?, reason = ? WHERE address = ?")
      .run(dueMs, reason, address);
  }

  end(address: OriginAddress, state: "learned" | "failed" | "left out", reason: string | null): void {
    this.#database
      .query("UPDATE origin_found SET state = ?, reason = ? WHERE address = ?")
      .run(state, reason, address);
  }

  /** Loads taken, and loads that it will take as far as is known. */
  progress(): { readonly done: number; readonly known: number } {
    const sums = this.#database
      .query<{ done: number | null; known: number | null }, []>(
        "SELECT sum(loads) AS done, sum(CASE state WHEN 'waiting' THEN wanted ELSE loads END) AS known FROM origin_found",
      )
      .get();
    return { done: sums?.done ?? 0, known: sums?.known ?? 0 };
  }

  failed(): number {
    return this.#count("state = 'failed'");
  }

  has(address: OriginAddress): boolean {
    return this.#database.query("SELECT 1 FROM origin_found WHERE address = ?").get(address) !== null;
  }

  #takes({ address, part, hops, isNamed }: Discovery): boolean {
    const limits = this.#limits;
    const most = part === "page" ? limits.pagesMax : limits.assetsMax;
    if (this.#counts[part] >= most || hops > limits.hopsMax) return false;
    if (isRunaway(address, limits) || this.has(address)) return false;
    const form = formOf(address);
    return isNamed || part === "asset" || this.#count("form = ?", form) < ofFormMax(form, limits);
  }

  #insert({ address, part, hops }: Discovery): void {
    this.#database
      .query("INSERT INTO origin_found (address, part, form, hops, wanted, due_ms) VALUES (?, ?, ?, ?, ?, 0)")
      .run(address, part, formOf(address), hops, firstWanted[part]);
    this.#counts[part] += 1;
  }

  #count(where: string, ...values: string[]): number {
    return (
      this.#database
        .query<{ count: number }, string[]>(`SELECT count(*) AS count FROM origin_found WHERE ${where}`)
        .get(...values)?.count ?? 0
    );
  }
}
