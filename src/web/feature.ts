/** A feature is what a folder of ranks 5 to 9 adds to a role; a role is a list of features. */
import type { Migration } from "../store/database.ts";

export interface Feature {
  readonly name: string;
  readonly migrations: readonly Migration[];
}
