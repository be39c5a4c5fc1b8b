/** What is told of a verified edition. */
import type { Edition } from "../edition/edition.ts";
import type { EditionFacts } from "./facts.ts";

/** `nowMs` (since 1970) decides whether it is stale. */
export function editionFacts(edition: Edition, nowMs: number): EditionFacts {
  const { id, version, logIndex, publishedAt, expiresAtMs, targets } = edition;
  const bytes = [...targets.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    id,
    version,
    log_index: logIndex,
    published_at: publishedAt,
    pages: targets.size,
    bytes,
    stale: nowMs >= expiresAtMs,
  };
}
