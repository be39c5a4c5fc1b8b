/**
 * A piece and its texts (docs/architecture.md, "the model"). Workflow belongs to the revision, publication to the text,
 * verification to the material in it. Types and pure rules only; `store.ts` keeps them.
 */
import { z } from "zod";
import type { SiteName } from "../config/site-names.ts";
import { cleanText } from "../language/clean.ts";
import type { Names } from "../language/names.ts";
import type { LanguageTag } from "../language/tags.ts";
import { bodySchema } from "./body.ts";

export { siteNames, type SiteName } from "../config/site-names.ts";

export const pieceKinds = ["story", "post", "brief", "dossier", "page"] as const;
export type PieceKind = (typeof pieceKinds)[number];

export const workflowStates = ["idea", "draft", "in review", "ready"] as const;
export type Workflow = (typeof workflowStates)[number];

const workflowSteps: Readonly<Record<Workflow, readonly Workflow[]>> = {
  idea: ["draft"],
  draft: ["idea", "in review"],
  "in review": ["draft", "ready"],
  ready: ["draft", "in review"],
};

export function mayBecome(from: Workflow, to: Workflow): boolean {
  return workflowSteps[from].includes(to);
}

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
  /** RFC 3339; when the revision shown now replaced an earlier one. */
  readonly revisedAt: string | null;
  /** When it is to be published, for `scheduled`. */
  readonly scheduledFor: string | null;
  /** Percent-encoded, as browsers send it. Only `changeSlug` changes it, and leaves a 301. */
  readonly path: string | null;
  readonly workingRevision: string;
  /** Set while `published`, and only then. */
  readonly publishedRevision: string | null;
}

const line = (min: number, max: number) =>
  z
    .string()
    .transform((text) => cleanText(text).replace(/\s+/g, " ").trim())
    .pipe(z.string().min(min).max(max));

/** Of what people write into one line or a few, in characters. */
export const lengthMax = { title: 300, standfirst: 1_000, note: 2_000, reason: 1_000 } as const;

export const contentSchema = z.object({
  title: line(1, lengthMax.title),
  standfirst: line(0, lengthMax.standfirst),
  body: bodySchema,
});
/** What an editor writes. */
export type Content = z.infer<typeof contentSchema>;

export interface Revision extends Content {
  readonly id: string;
  readonly textId: string;
  /** The revision that it was written on; null for the first. */
  readonly parent: string | null;
  /** A branch that it takes in, so that it is one no longer. */
  readonly merges: string | null;
  readonly workflow: Workflow;
  /** The revision of the source text that this one translates. */
  readonly sourceRevision: string | null;
  readonly createdAt: string;
  /** Account id, or null for an import. */
  readonly createdBy: string | null;
}

/** A dated note on a published text that says what was wrong, or what has become known since. */
export const correctionSchema = z.object({
  kind: z.enum(["correction", "update"]),
  at: z.iso.datetime(),
  note: line(1, lengthMax.note),
});
export type Correction = z.infer<typeof correctionSchema>;

/** A section of a site, in the order of the menu. */
export interface Section {
  readonly site: SiteName;
  readonly slug: string;
  readonly names: Names;
  readonly position: number;
}

export interface Tag {
  readonly site: SiteName;
  readonly slug: string;
  readonly names: Names;
}
