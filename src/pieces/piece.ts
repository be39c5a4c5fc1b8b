/**
 * A piece and its texts (docs/architecture.md, "the model"). Workflow belongs to the revision, publication to the text,
 * verification to the material in it. Types and pure rules only; `store.ts` keeps them.
 */
import { z } from "zod";
import type { LanguageTag } from "../language/tags.ts";
import { bodySchema } from "./body.ts";

export const siteNames = ["portal", "blog"] as const;
export type SiteName = (typeof siteNames)[number];

export const pieceKinds = ["story", "post", "brief", "dossier", "page"] as const;
export type PieceKind = (typeof pieceKinds)[number];

export const workflowStates = ["idea", "draft", "in review", "ready"] as const;
export type Workflow = (typeof workflowStates)[number];

export const publicationStates = ["none", "scheduled", "private", "published", "withdrawn"] as const;
export type Publication = (typeof publicationStates)[number];

export interface Piece {
  readonly id: string;
  readonly site: SiteName;
  readonly kind: PieceKind;
  /** Slug of its section, where it has one. */
  readonly section: string | null;
  readonly tags: readonly string[];
  /** Ids of bylines (src/people), in the order shown. */
  readonly bylines: readonly string[];
  readonly createdAt: string;
}

/** One language of a piece. Its path is fixed at first publication. */
export interface Text {
  readonly id: string;
  readonly pieceId: string;
  readonly language: LanguageTag;
  readonly slug: string;
  readonly publication: Publication;
  /** RFC 3339; of the first publication. */
  readonly publishedAt: string | null;
  /** When it is to be published, for `scheduled`. */
  readonly scheduledFor: string | null;
  readonly path: string | null;
  readonly workingRevision: string;
  readonly publishedRevision: string | null;
}

export const contentSchema = z.object({
  title: z.string().min(1).max(300),
  standfirst: z.string().max(1_000),
  body: bodySchema,
});
/** What an editor writes. */
export type Content = z.infer<typeof contentSchema>;

export interface Revision extends Content {
  readonly id: string;
  readonly textId: string;
  readonly workflow: Workflow;
  /** The revision of the source text that this one translates. */
  readonly sourceRevision: string | null;
  readonly createdAt: string;
  /** Account id, or null for an import. */
  readonly createdBy: string | null;
}

/** A dated note on a published text that says what was wrong. */
export interface Correction {
  readonly textId: string;
  readonly at: string;
  readonly note: string;
}
