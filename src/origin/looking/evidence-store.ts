/**
 * What was gathered about findings, on the newsroom's disk: a folder of files each, and a manifest that names them by hash. The manifests'
 * hashes go into editions (evidence-page.ts), so that nobody can say later that something else was gathered.
 */
import type { Database } from "bun:sqlite";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Sha256, sha256 } from "../../base/bytes.ts";
import { rfc3339 } from "../../base/clock.ts";
import { canonical } from "../../edition/canonical.ts";
import { inert } from "../../language/inert.ts";
import { writeFilesAtomically } from "../../store/files.ts";

export interface EvidenceStoreOptions {
  readonly database: Database;
  readonly folder: string;
  /** Of all files together; 0: nothing is kept. */
  readonly bytesMax: number;
}

export interface Gathered {
  readonly finding: string;
  /** Path and query. */
  readonly address: string;
  readonly atMs: number;
  /** By name: letters, digits, hyphens and dots. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const format = "kasbah-evidence/1";
export const manifestName = "manifest.json";
/** That an edition names, the latest. */
const namedMax = 1_000;

export class EvidenceStore {
  readonly #options: EvidenceStoreOptions;

  constructor(options: EvidenceStoreOptions) {
    this.#options = options;
  }

  has(finding: string): boolean {
    const { database } = this.#options;
    return (
      database.query("SELECT 1 FROM origin_evidence WHERE finding = ?").get(folderNameOf(finding)) !== null
    );
  }

  /** Gives the manifest's hash; everything is on the disk then. Rejects where the disk does. */
  async keep({ address, atMs, files, ...gathered }: Gathered): Promise<Sha256> {
    const finding = folderNameOf(gathered.finding);
    const manifest = manifestOf({ finding, address, atMs, files });
    const folder = this.#folderOf(finding);
    const written = [...files, [manifestName, manifest] as const].map(
      ([name, bytes]) => [join(folder, name), bytes] as const,
    );
    await writeFilesAtomically(new Map(written), 0o600);
    const hash = sha256(manifest);
    const bytes = written.reduce((sum, [, each]) => sum + each.length, 0);
    this.#options.database
      .query("INSERT OR REPLACE INTO origin_evidence (finding, manifest, at_ms, bytes) VALUES (?, ?, ?, ?)")
      .run(finding, hash, atMs, bytes);
    await this.#makeRoom(finding);
    return hash;
  }

  /** The latest manifests by hash, canonical JSON; undefined: there are none. */
  page(): Uint8Array | undefined {
    const named = this.#options.database
      .query<{ finding: string; manifest: string; at_ms: number }, []>(
        `SELECT finding, manifest, at_ms FROM origin_evidence ORDER BY at_ms DESC, finding LIMIT ${namedMax}`,
      )
      .all()
      .map(({ finding, manifest, at_ms: atMs }) => ({ finding, manifest, at: rfc3339(atMs) }));
    return named.length === 0 ? undefined : canonical({ type: format, evidence: named });
  }

  /** Nobody needs the evidence of what was answered as much as that of what is still asked. */
  async #makeRoom(kept: string): Promise<void> {
    const { database, bytesMax } = this.#options;
    const oldest = database
      .query<{ finding: string; bytes: number }, [string]>(
        `SELECT finding, bytes FROM origin_evidence WHERE bytes > 0 AND finding != ?
         ORDER BY EXISTS (SELECT 1 FROM origin_finding JOIN origin_question ON question = origin_question.id
           WHERE origin_finding.id = finding AND status = 'open'), at_ms`,
      )
      .all(kept);
    let sum =
      database.query<{ sum: number }, []>("SELECT ifnull(sum(bytes), 0) AS sum FROM origin_evidence").get()
        ?.sum ?? 0;
    for (const { finding, bytes } of oldest) {
      if (sum <= bytesMax) return;
      await rm(this.#folderOf(finding), { recursive: true, force: true });
      database.query("UPDATE origin_evidence SET bytes = 0 WHERE finding = ?").run(finding);
      sum -= bytes;
    }
  }

  #folderOf(finding: string): string {
    return join(this.#options.folder, finding);
  }
}

/** A finding's name as a folder's: one that could lead elsewhere is not used as it is. */
export function folderNameOf(finding: string): string {
  return /^[a-z0-9-]{1,100}$/.test(finding) ? finding : sha256(finding);
}

function manifestOf({ finding, address, atMs, files }: Gathered): Uint8Array {
  return canonical({
    type: format,
    finding,
    address: inert(address),
    at: rfc3339(atMs),
    files: Array.from(files, ([name, bytes]) => ({ name, length: bytes.length, sha256: sha256(bytes) })),
  });
}
