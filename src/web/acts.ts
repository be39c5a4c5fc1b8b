/** What people in the newsroom can be allowed to do, and where. Which role gives what is src/people/permissions.ts. */

export const acts = [
  /** Texts that aren't public, their revisions and previews. */
  "read",
  /** Start and change texts, add pictures, hand in for review. */
  "write",
  /** Judge, publish, schedule, correct, rename, withdraw; name sections, tags and bylines. */
  "publish",
  /** What the watch sees: traffic, incidents. */
  "watch",
  /** Order the defence to do otherwise than it does by itself, switch rules off and on. */
  "defend",
  /** Start a drill against this instance. */
  "drill",
  /** Invite, grant, revoke; read the record of what was done. */
  "manage people",
] as const;
export type Act = (typeof acts)[number];

/** Where something stands. `by`: the account that started it; contributors change only what is theirs. */
export interface Place {
  readonly site: string;
  readonly section: string | null;
  readonly by?: string | null;
}

/** "anywhere": in at least one place; "everywhere": in all of them. */
export type Where = Place | "anywhere" | "everywhere";
