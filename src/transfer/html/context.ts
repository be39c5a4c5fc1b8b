/** What the parts of the conversion hand each other on their way down the tree. */
import type { LanguageTag } from "../../language/tags.ts";
import { type Block, bodyLimits, type Mark } from "../../pieces/body.ts";
import type { Element, ParentNode } from "./parse.ts";
import type { Remarks } from "./remarks.ts";
import type { BlockWriter, Declared } from "./writer.ts";

/** What is known of a picture beyond its `<img>`. */
export interface KnownMedia {
  readonly source: string;
  readonly alt: string;
  readonly caption: string;
}

export interface HtmlOptions {
  /** Of the text; blocks and runs say only where they differ. */
  readonly language: LanguageTag;
  /** The absolute address where the document stood: relative links begin there. */
  readonly base: string;
  /** WordPress's classic editor: an empty line ends a paragraph, a line end breaks the line. */
  readonly newlines: boolean;
  /** The address to link to instead, for those that move with this text. */
  readonly link?: (href: string) => string;
  /** By WordPress's number (`wp-image-906`), where the element names one. */
  readonly media?: (id: string) => KnownMedia | undefined;
  /** True of a page that shows nothing but one picture: a link to it says nothing more. */
  readonly isMediaPage?: (href: string) => boolean;
}

/** What holds for everything below one element. */
export interface Context {
  readonly marks: readonly Mark[];
  readonly declared: Declared;
  readonly newlines: boolean;
  /** Quotes, lists and tables around this place. */
  readonly level: number;
}

/** A leaf below another container has to fit as well. */
export function isTooDeep({ level }: Context): boolean {
  return level + 2 > bodyLimits.depth;
}

/** What one place of a text has to know of an earlier one. */
export interface Memory {
  /** Long forms of abbreviations that were written out. */
  readonly explained: Set<string>;
  /** A picture had its address where only a script finds it. */
  loadsLate: boolean;
}

/** The walk down the tree, as its parts see it. */
export interface Walk {
  readonly options: HtmlOptions;
  readonly writer: BlockWriter;
  readonly remarks: Remarks;
  readonly memory: Memory;
  children(parent: ParentNode, context: Context): void;
  /** The blocks that the children of `parent` become, apart from what surrounds them. */
  blocks(parent: ParentNode, context: Context): Block[];
}

export type Handler = (walk: Walk, element: Element, context: Context) => void;
