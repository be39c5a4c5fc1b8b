/** The newsroom's own copies: of the baseline, and of what a snapshot has loaded. What nothing names any more goes. */
import type { Database } from "bun:sqlite";
import type { Sha256 } from "../../base/bytes.ts";
import type { BlobStore } from "../../store/blobs.ts";

/** `among`: default all, but not while a load is being taken in, whose blob comes before its row. */
export async function eraseUnused(
  database: Database,
  own: BlobStore,
  among?: readonly Sha256[],
): Promise<void> {
  const isUsed = database.query<unknown, [string]>(
    `SELECT 1 FROM origin_baseline WHERE copy = ?1 UNION ALL SELECT 1 FROM origin_learned WHERE copy = ?1
     UNION ALL SELECT 1 FROM origin_load WHERE copy = ?1`,
  );
  const candidates = among ?? (await Array.fromAsync(own.list()));
  await own.erase(candidates.filter((blob) => isUsed.get(blob) === null));
}
