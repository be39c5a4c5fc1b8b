/** Titles as they are searched, so that a search doesn't read and fold thousands of them again. A revision's title never changes. */
import type { Database } from "bun:sqlite";
import { RecentMap } from "../base/recent-map.ts";
import { folded } from "../language/fold.ts";

/** Some 10 MB at most, and more texts than a newsroom of volunteers writes in ten years. */
const titlesMax = 50_000;

export class FoldedTitles {
  readonly #database: Database;
  readonly #titles = new RecentMap<string, string>(titlesMax);

  constructor(database: Database) {
    this.#database = database;
  }

  /** Empty where there is no such revision. */
  of(revision: string): string {
    const known = this.#titles.get(revision);
    if (known !== undefined) return known;
    const row = this.#database
      .query<{ title: string }, [string]>("SELECT title FROM revision WHERE id = ?")
      .get(revision);
    const made = folded(row?.title ?? "");
    this.#titles.set(revision, made);
    return made;
  }
}
