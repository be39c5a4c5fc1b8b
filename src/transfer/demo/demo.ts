/** What the demo newsroom is made of: an invented town, invented people, texts written for it (docs/importing.md). */
import type { LanguageTag } from "../../language/tags.ts";
import type { MaterialKind, Verification } from "../../material/material.ts";
import type { Block } from "../../pieces/body.ts";
import type { PieceKind, SiteName } from "../../pieces/piece.ts";

/** The same words in each language that has them. */
export type Words = Readonly<Partial<Record<LanguageTag, string>>>;

export interface DemoText {
  readonly title: string;
  readonly standfirst: string;
  /** Of its address, so that other texts can link to it. */
  readonly slug: string;
  /** Ids are given when it is loaded; material and other pieces are named by `name`. */
  readonly body: readonly Block[];
}

export interface DemoCorrection {
  readonly kind: "correction" | "update";
  /** RFC 3339. */
  readonly at: string;
  readonly note: Words;
}

export interface DemoPiece {
  /** What the other files call it. */
  readonly name: string;
  readonly site: SiteName;
  readonly kind: PieceKind;
  readonly section?: string;
  readonly tags?: readonly string[];
  readonly bylines?: readonly string[];
  /** RFC 3339; of first publication. */
  readonly at: string;
  /** Default: published. */
  readonly state?: "scheduled" | "private" | "withdrawn";
  /** The first one is what the others translate. */
  readonly texts: Readonly<Partial<Record<LanguageTag, DemoText>>>;
  readonly corrections?: readonly DemoCorrection[];
}

export interface DemoFinding {
  readonly state: Exclude<Verification, "unverified">;
  readonly at: string;
  readonly note: Words;
}

export interface DemoMaterial {
  readonly name: string;
  readonly kind: MaterialKind;
  readonly source: string | null;
  readonly claim: Words;
  readonly findings: readonly DemoFinding[];
}

/** A section, tag or byline. */
export interface DemoName {
  readonly slug: string;
  readonly names: Words;
}
