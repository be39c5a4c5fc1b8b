/** A feature is what a folder adds to a role: tables, pages, entries of the menu. A role is a list of features. */
import type { Migration } from "../store/database.ts";
import type { MenuEntry } from "./menu.ts";
import type { Route } from "./route.ts";
import type { InThreeLanguages } from "./words.ts";

/** `Parts`: what of the role its pages need; a role hands each feature everything it has. */
export interface Feature<Parts = unknown> {
  readonly name: string;
  readonly migrations: readonly Migration[];
  readonly routes?: (parts: Parts) => readonly Route[];
  readonly menu?: readonly MenuEntry[];
  /** How what it notes in the record is told, by act: `text.publish`. */
  readonly deeds?: Readonly<Record<string, DeedTold>>;
}

export interface DeedTold {
  readonly words: InThreeLanguages<string>;
  /** Where the studio shows what it was done to. */
  readonly path?: (subject: string) => string;
}
