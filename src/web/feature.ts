/** A feature is what a folder adds to a role that keeps a database; such a role is a list of features. */
import type { Migration } from "../store/database.ts";

export interface Feature {
  readonly name: string;
  readonly migrations: readonly Migration[];
}
