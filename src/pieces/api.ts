/** What the store of pieces can be asked for. Every call is one transaction; expected outcomes are values. */
import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { LanguageTag } from "../language/tags.ts";
import type {
  Content,
  Correction,
  Piece,
  PieceKind,
  Revision,
  Section,
  SiteName,
  Tag,
  Text,
  Workflow,
} from "./piece.ts";
import type { StepFault } from "./publication.ts";

export interface PiecesOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** IANA name; where the dates in addresses are counted (setting `site.time_zone`). */
  readonly timeZone: string;
}

export interface NewPiece {
  readonly site: SiteName;
  readonly kind: PieceKind;
  /** Slugs of a section and of tags that exist. */
  readonly section?: string | null;
  readonly tags?: readonly string[];
  /** Ids. */
  readonly bylines?: readonly string[];
  /** Where an import found it; the same one twice adds nothing. At most 2,048 characters. */
  readonly origin?: string;
}

export interface NewText {
  readonly pieceId: string;
  readonly language: LanguageTag;
  /** Default: made from the title. Throws where it is not a slug. */
  readonly slug?: string;
  readonly content: Content;
  /** Default "draft". Only what is "ready" can be published. */
  readonly workflow?: Workflow;
  readonly sourceRevision?: string | null;
  /** Account id; null for an import. */
  readonly by?: string | null;
}

export interface Save {
  readonly textId: string;
  /** The revision that the editor had before them. */
  readonly parent: string;
  /** Head of a branch that this one takes in. */
  readonly merges?: string | null;
  readonly content: Content;
  readonly workflow?: Workflow;
  readonly sourceRevision?: string | null;
  readonly by?: string | null;
}

/** "conflict": kept as a branch of its own beside the working revision, which somebody else saved meanwhile. */
export type Saved =
  | { readonly outcome: "saved"; readonly revision: Revision }
  | { readonly outcome: "conflict"; readonly revision: Revision; readonly working: string };

export type Stepped =
  | { readonly outcome: "done"; readonly text: Text }
  | { readonly outcome: "refused"; readonly reason: StepFault | "no free address" | "no such text" };

export interface Redirect {
  readonly site: SiteName;
  /** As in an address: `/2012/01/07/old/` or `/`. */
  readonly path: string;
  /** Without "?", for addresses like `/?p=123`. Default "". */
  readonly query?: string;
  /** A text (wherever it lives then; 404 while it isn't published, 410 once it is withdrawn) or a path of the same site. */
  readonly to: { readonly text: string } | { readonly path: string };
}

export interface Pieces {
  /** `added` is false where the origin is known already; nothing is changed then. */
  addPiece(piece: NewPiece): { readonly piece: Piece; readonly added: boolean };
  piece(id: string): Piece | undefined;
  pieceByOrigin(origin: string): Piece | undefined;
  changePiece(id: string, change: Partial<Pick<Piece, "section" | "tags" | "bylines">>): void;

  /** `added` is false where the piece has a text in that language already; nothing is changed then. */
  addText(text: NewText): { readonly text: Text; readonly added: boolean };
  text(id: string): Text | undefined;
  textsOf(pieceId: string): Text[];
  /** Also by an earlier address of the text, one that redirects to it. */
  textAt(site: string, path: string): Text | undefined;

  revision(id: string): Revision | undefined;
  /** Oldest first. */
  revisionsOf(textId: string): Revision[];
  /** Never loses anything: whoever saves on what is no longer the working revision makes a branch, and is told. */
  saveRevision(save: Save): Saved;
  /** True where any revision of any text shows the picture with this id. */
  usesPicture(id: string): boolean;
  /** Newest revisions that are neither the working one nor taken in by another: what a conflict left. */
  branchesOf(textId: string): Revision[];
  setWorkflow(revisionId: string, to: Workflow): "done" | "no such step";

  /** The working revision becomes the published one. `at` (RFC 3339, default now) is the date shown, the first time. */
  publish(textId: string, at?: string): Stepped;
  schedule(textId: string, forAt: string): Stepped;
  unschedule(textId: string): Stepped;
  makePrivate(textId: string): Stepped;
  withdraw(textId: string): Stepped;
  /** Publishes what was scheduled for now or earlier; what can't be (not ready any more) stays scheduled and is reported. */
  publishDue(): { readonly textId: string; readonly result: Stepped }[];
  /** Before first publication it only names the text; afterwards the text moves, and the old address becomes a 301. */
  changeSlug(textId: string, slug: string): Stepped;

  addCorrection(textId: string, correction: Correction): void;
  /** Oldest first. */
  correctionsOf(textId: string): Correction[];

  /** `added` is false where the slug is known on that site; names then stay as they are. */
  addSection(section: Omit<Section, "position">): { readonly added: boolean };
  sections(site: SiteName): Section[];
  /** False where there is no such section. */
  renameSection(section: Omit<Section, "position">): boolean;
  /** Changes places with the one before it; false where it is the first, or none. */
  moveSectionUp(site: SiteName, slug: string): boolean;
  addTag(tag: Tag): { readonly added: boolean };
  /** False where there is no such tag. */
  renameTag(tag: Tag): boolean;
  tags(site: SiteName): Tag[];

  /** "taken": the address is a text's own, leads elsewhere already, or would make a chain or a circle. */
  addRedirect(redirect: Redirect): "added" | "known" | "taken" | "not an address";
}
