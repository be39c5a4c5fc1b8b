/** Stored dependencies: what every page read and became, and which keys every blob showed. Kept in memory too, read once. */
import type { Database } from "bun:sqlite";
import type { Sha256 } from "../base/bytes.ts";
import type { Withdrawal } from "../edition/edition.ts";
import type { Address, Target } from "../edition/target.ts";

/** A page as it was rendered last. */
export interface PageRecord {
  readonly target: Target;
  /** Version by key, as they were when it was rendered. */
  readonly reads: ReadonlyMap<string, string>;
  /** The renderer's version. */
  readonly renderer: string;
}

/** Addresses told apart. */
export type AddressKey = string & { readonly __brand: "AddressKey" };

export function addressKey({ site, path, query = "" }: Address): AddressKey {
  return `${site}\n${path}\n${query}` as AddressKey;
}

export interface RecordChange {
  /** New or rendered again. */
  readonly set: readonly PageRecord[];
  readonly removed: readonly Address[];
}

/** A withdrawal that somebody asked for and that no edition has carried out yet. */
export interface PendingWithdrawal {
  readonly site: string;
  readonly path: string;
  readonly at: string;
  /** Whose readers showed it. */
  readonly keys: readonly string[];
}

export class Records {
  readonly #database: Database;
  readonly #pages: Map<AddressKey, PageRecord>;

  constructor(database: Database) {
    this.#database = database;
    this.#pages = loadPages(database);
  }

  get pages(): ReadonlyMap<AddressKey, PageRecord> {
    return this.#pages;
  }

  /** One transaction; memory follows only when it is through. */
  apply({ set, removed }: RecordChange): void {
    this.#database.transaction(() => {
      for (const record of set) this.#store(record);
      for (const address of removed) this.#drop(address);
    })();
    for (const record of set) this.#pages.set(addressKey(record.target), record);
    for (const address of removed) this.#pages.delete(addressKey(address));
  }

  /** Blobs of any edition whose pages had read one of `keys`. */
  blobsShowing(keys: readonly string[]): Sha256[] {
    return this.#database
      .query<{ sha256: Sha256 }, [string]>(
        `SELECT DISTINCT sha256 FROM publishing_blob, json_each(publishing_blob.keys) AS shown
         WHERE shown.value IN (SELECT value FROM json_each(?)) ORDER BY sha256`,
      )
      .all(JSON.stringify(keys))
      .map(({ sha256 }) => sha256);
  }

  forgetBlobs(blobs: readonly Sha256[]): void {
    const forget = this.#database.query<unknown, [string]>("DELETE FROM publishing_blob WHERE sha256 = ?");
    this.#database.transaction(() => {
      for (const blob of blobs) forget.run(blob);
    })();
  }

  /** `keysOf` runs in the same transaction, so that what it changes happens together with this or not at all. */
  addPending({ site, path, at }: Omit<PendingWithdrawal, "keys">, keysOf: () => readonly string[]): void {
    this.#database.transaction(() => {
      const keys = keysOf();
      this.#database
        .query("INSERT OR IGNORE INTO publishing_withdrawal (site, path, at, keys) VALUES (?, ?, ?, ?)")
        .run(site, path, at, JSON.stringify(keys));
    })();
  }

  pending(): PendingWithdrawal[] {
    return this.#database
      .query<Record<keyof PendingWithdrawal, string>, []>(
        "SELECT site, path, at, keys FROM publishing_withdrawal ORDER BY at, site, path",
      )
      .all()
      .map(({ site, path, at, keys }) => ({ site, path, at, keys: JSON.parse(keys) as string[] }));
  }

  donePending(done: readonly Pick<Withdrawal, "site" | "path">[]): void {
    const remove = this.#database.query("DELETE FROM publishing_withdrawal WHERE site = ? AND path = ?");
    for (const { site, path } of done) remove.run(site, path);
  }

  #store({ target, reads, renderer }: PageRecord): void {
    const { site, path, query = "" } = target;
    this.#database
      .query(
        "INSERT OR REPLACE INTO publishing_page (site, path, query, renderer, target, reads) VALUES (?, ?, ?, ?, ?, ?)",
      )
      .run(site, path, query, renderer, JSON.stringify(target), JSON.stringify([...reads]));
    if (showsSomething(target)) this.#storeBlob(target.sha256, [...reads.keys()]);
  }

  /** Pages that look alike share a blob: it has shown what any of them read. */
  #storeBlob(sha256: Sha256, keys: readonly string[]): void {
    this.#database
      .query(
        `INSERT INTO publishing_blob (sha256, keys) VALUES (?1, ?2) ON CONFLICT (sha256) DO UPDATE SET keys =
         (SELECT json_group_array(DISTINCT value) FROM
           (SELECT value FROM json_each(publishing_blob.keys) UNION SELECT value FROM json_each(?2)))`,
      )
      .run(sha256, JSON.stringify(keys));
  }

  #drop({ site, path, query = "" }: Address): void {
    this.#database
      .query("DELETE FROM publishing_page WHERE site = ? AND path = ? AND query = ?")
      .run(site, path, query);
  }
}

/** Redirects, 404 and 410 pages say nothing of what they had to read. */
function showsSomething({ status, length }: Target): boolean {
  return status === 200 && length > 0;
}

function loadPages(database: Database): Map<AddressKey, PageRecord> {
  const rows = database
    .query<{ renderer: string; target: string; reads: string }, []>(
      "SELECT renderer, target, reads FROM publishing_page",
    )
    .all();
  const records = rows.map(({ renderer, target, reads }): PageRecord => ({
    renderer,
    target: JSON.parse(target) as Target,
    reads: new Map(JSON.parse(reads) as [string, string][]),
  }));
  return new Map(records.map((record) => [addressKey(record.target), record]));
}
