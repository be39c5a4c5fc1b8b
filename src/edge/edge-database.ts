/**
 * `edge.sqlite`: who this edge is, what it trusts, the operators' bans, the gates' secret, and what is usual here in aggregates of many readers. Nothing
 * else of an edge's outlives its process.
 */
import type { Database } from "bun:sqlite";
import { hex } from "../base/bytes.ts";
import { rfc3339 } from "../base/clock.ts";
import { systemRandom } from "../base/random.ts";
import type { Ban } from "../bus/facts.ts";
import { decodeTrust, encodeTrust, type Trust } from "../edition/trust.ts";
import { type Migration, openDatabase } from "../store/database.ts";

const migrations: readonly Migration[] = [
  {
    id: "edge/1-identity-trust-bans",
    sql: `
      CREATE TABLE identity (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL) STRICT;
      CREATE TABLE trust (only INTEGER PRIMARY KEY CHECK (only = 1), trust BLOB NOT NULL) STRICT;
      CREATE TABLE ban (
        network TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT
      ) STRICT;
    `,
  },
  {
    id: "edge/2-usual",
    sql: `
      CREATE TABLE usual (name TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
    `,
  },
  {
    id: "edge/3-gates",
    sql: `
      CREATE TABLE gates (only INTEGER PRIMARY KEY CHECK (only = 1), secret BLOB NOT NULL) STRICT;
    `,
  },
];

const gateSecretBytes = 32;

export class EdgeDatabase implements Disposable {
  readonly #database: Database;
  /** Drawn once. */
  readonly id: string;

  /** Throws OperatorError where the file is damaged or can't be written. */
  constructor(path: string) {
    this.#database = openDatabase(path, migrations);
    this.#database
      .query("INSERT OR IGNORE INTO identity (only, id) VALUES (1, ?)")
      .run(`edge-${hex(systemRandom.bytes(4))}`);
    this.id = this.#database.query<{ id: string }, []>("SELECT id FROM identity").get()?.id ?? "edge";
  }

  /** Drawn once: tickets and passes outlive this process. */
  get gateSecret(): Uint8Array {
    this.#database
      .query("INSERT OR IGNORE INTO gates (only, secret) VALUES (1, ?)")
      .run(systemRandom.bytes(gateSecretBytes));
    const row = this.#database.query<{ secret: Uint8Array }, []>("SELECT secret FROM gates").get();
    if (row === null) throw new Error("the gates' secret was not kept");
    return row.secret;
  }

  /** Undefined before the first edition. Throws where the row is damaged. */
  get trust(): Trust | undefined {
    const row = this.#database.query<{ trust: Uint8Array }, []>("SELECT trust FROM trust").get();
    return row === null ? undefined : decodeTrust(row.trust);
  }

  set trust(trust: Trust) {
    this.#database
      .query("INSERT INTO trust (only, trust) VALUES (1, ?1) ON CONFLICT DO UPDATE SET trust = ?1")
      .run(encodeTrust(trust));
  }

  /** Those that hold at `nowMs`; the others are removed for good. */
  bans(nowMs: number): Ban[] {
    this.#database.query("DELETE FROM ban WHERE expires_at <= ?").run(rfc3339(nowMs));
    return this.#database
      .query<Ban, []>(
        `SELECT network, reason, 'operator' AS "by", created_at, expires_at FROM ban ORDER BY created_at, network`,
      )
      .all();
  }

  /** Replaces an earlier ban of the same network. */
  addBan({ network, reason, created_at: createdAt, expires_at: expiresAt }: Ban): void {
    this.#database
      .query("INSERT OR REPLACE INTO ban (network, reason, created_at, expires_at) VALUES (?, ?, ?, ?)")
      .run(network, reason, createdAt, expiresAt);
  }

  /** False where there was none. */
  removeBan(network: string): boolean {
    return this.#database.query("DELETE FROM ban WHERE network = ?").run(network).changes > 0;
  }

  /** What was saved under that name, as JSON, whoever may have got at it since; undefined where nothing was. */
  recall(name: string): string | undefined {
    const row = this.#database
      .query<{ value: string }, [string]>("SELECT value FROM usual WHERE name = ?")
      .get(name);
    return row?.value;
  }

  remember(values: Readonly<Record<string, string>>, nowMs: number): void {
    const save = this.#database.query(
      "INSERT OR REPLACE INTO usual (name, value, saved_at) VALUES (?, ?, ?)",
    );
    this.#database.transaction(() => {
      for (const [name, value] of Object.entries(values)) save.run(name, value, rfc3339(nowMs));
    })();
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
