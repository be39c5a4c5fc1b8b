/**
 * Who works here, and under which name texts are signed. Account, byline and contact are three things: nothing stored
 * says which account writes under which byline (docs/architecture.md).
 */
import { z } from "zod";
import { cleanText } from "../language/clean.ts";
import type { Names } from "../language/names.ts";

export const roles = ["contributor", "editor", "moderator", "steward"] as const;
export type Role = (typeof roles)[number];

/** For staff alone: the name that colleagues know. Never shown to readers. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Since when they may nothing any more; the account stays, for the record. */
  readonly revokedAt: string | null;
}

export const accountNameLengthMax = 80;

/** As colleagues write it. */
export const accountNameSchema = z
  .string()
  .transform((name) => cleanText(name).replace(/\s+/g, " ").trim())
  .pipe(z.string().min(1).max(accountNameLengthMax));

/** A name that readers see above a text; a pseudonym as a rule. */
export interface Byline {
  readonly id: string;
  /** In addresses: `/ar/by/{slug}`. */
  readonly slug: string;
  readonly names: Names;
}

/** What an account may do, and where; null means everywhere. */
export interface Grant {
  readonly account: string;
  readonly role: Role;
  readonly site: string | null;
  readonly section: string | null;
}
