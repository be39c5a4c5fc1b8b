/** What is known of one page: what every load has, and what may change by itself. Opaque to all but learning/ and judging/. */
import type { DocumentKind, FactSet, InlineCode } from "../facts.ts";

export interface KnownSet {
  /** In every load. */
  readonly always: ReadonlySet<string>;
  /** In some. */
  readonly sometimes: ReadonlySet<string>;
  /** Forms of the latter (references.ts), by which the next one of the kind is known. */
  readonly forms: ReadonlySet<string>;
}

export interface KnownCode {
  readonly kind: InlineCode["kind"];
  /** In every load. */
  readonly always: boolean;
  /** One sign for each literal (literals.ts): constant, or of which form; empty: their number changes. */
  readonly forms: string;
}

export interface KnownVolume {
  /** Words or elements, over all loads. */
  readonly least: number;
  readonly most: number;
  readonly sketch: readonly number[];
  /** So much of it stays from load to load at worst, percent. */
  readonly steady: number;
}

export interface PageBaseline {
  readonly loads: number;
  readonly kind: DocumentKind;
  readonly status: number;
  readonly type: string;
  readonly locations: ReadonlySet<string>;
  readonly titles: readonly string[];
  /** Those of every load. */
  readonly headings: readonly string[];
  readonly headingsMost: number;
  readonly languages: ReadonlySet<string>;
  readonly directions: ReadonlySet<string>;
  /** By writing script: its greatest share, percent. */
  readonly letters: Readonly<Record<string, number>>;
  /** Members of `links` and `images` as short hashes. */
  readonly sets: Readonly<Record<FactSet, KnownSet>>;
  /** Sets that it was signed without: nothing is known of them. */
  readonly unread: ReadonlySet<FactSet>;
  /** By shape. */
  readonly code: ReadonlyMap<string, KnownCode>;
  /** So many inline scripts of one load were in no other: pages whose code is made anew for each load. */
  readonly strangeCode: number;
  /** Short hashes of literals that say where something is, or are markup. */
  readonly telling: ReadonlySet<string>;
  /** Hosts that its code names. */
  readonly codeHosts: ReadonlySet<string>;
  readonly linksLeast: number;
  readonly linksMost: number;
  readonly text: KnownVolume;
  readonly structure: KnownVolume;
  /** What its own text says by itself (judging/remarks.ts). */
  readonly claims: ReadonlySet<string>;
  /** The limit that it meets by itself. */
  readonly over: "" | "size" | "time" | "depth" | "elements";
}

/** Sets of which only short hashes are kept: what they hold is content, and much. */
export const hashedSets: ReadonlySet<FactSet> = new Set(["links", "images", "hidden-links"]);

/** Bounds of what is remembered; a page with more is remembered in part, and the rest is then new to it. */
export const pageLimits = {
  members: 250,
  hashedMembers: 400,
  reference: 300,
  forms: 60,
  titles: 8,
  title: 200,
  headings: 30,
  heading: 120,
  language: 40,
  code: 150,
  literals: 60,
  telling: 300,
  codeHosts: 100,
} as const;
