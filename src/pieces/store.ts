/** Keeps pieces, texts, revisions, sections, tags and addresses in the newsroom's database. */
import type { Database } from "bun:sqlite";
import type { Pieces, PiecesOptions } from "./api.ts";
import { publicationStore } from "./publication-store.ts";
import { redirectStore } from "./redirect-store.ts";
import { sectionStore } from "./section-store.ts";
import { textStore } from "./text-store.ts";

export function createPieces(database: Database, options: PiecesOptions): Pieces {
  return {
    ...textStore(database, options),
    ...publicationStore(database, options),
    ...sectionStore(database),
    ...redirectStore(database),
  };
}
