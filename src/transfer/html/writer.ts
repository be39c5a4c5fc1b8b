/** Writes blocks: one open paragraph at a time, containers inside each other, ids that the same input always gets again. */
import { sha256 } from "../../base/bytes.ts";
import { type Direction, directionOf, type LanguageTag } from "../../language/tags.ts";
import type { Block, Inline, Mark } from "../../pieces/body.ts";
import { factsOf, scriptOf } from "../script.ts";
import { Runs } from "./runs.ts";

type WithoutId<B> = B extends Block ? Omit<B, "attrs"> & { attrs: Omit<B["attrs"], "id"> } : never;
/** A block before it has its id. */
export type Unnamed = WithoutId<Block>;

export type DeclaredDirection = Direction | "auto";

/** Language and direction that the source declares; `undefined` says nothing. */
export interface Declared {
  readonly lang?: string | undefined;
  readonly dir?: DeclaredDirection | undefined;
}

export type ParagraphKind = { readonly type: "paragraph" } | { readonly type: "heading"; level: 2 | 3 | 4 };

type Attributes = { lang?: string; dir?: DeclaredDirection };

const idDigits = 16;

export class BlockWriter {
  readonly #language: LanguageTag;
  #blocks: Block[] = [];
  /** Pictures met in the middle of a sentence: they follow it. */
  #following: Unnamed[] = [];
  readonly #runs = new Runs();
  #kind: ParagraphKind = { type: "paragraph" };
  #declared: Declared = {};
  #written = 0;

  constructor(language: LanguageTag) {
    this.#language = language;
  }

  text(value: string, marks: readonly Mark[]): void {
    this.#runs.text(value, marks);
  }

  /** A second one in a row ends the paragraph: that is what people meant by it. */
  lineBreak(): void {
    if (this.#runs.endsWithBreak) this.endParagraph();
    else this.#runs.lineBreak();
  }

  /** A line end in the source, which adds nothing to a break that is there already. */
  lineEnd(): void {
    if (!this.#runs.endsWithBreak) this.#runs.lineBreak();
  }

  endParagraph(): void {
    const content = this.#runs.take();
    if (content.length > 0) this.#push(this.#paragraph(content));
    for (const block of this.#following.splice(0)) this.#push(block);
  }

  /** What `write` writes stands in paragraphs of this kind, apart from what is before and after. */
  paragraphs(declared: Declared, write: () => void, kind: ParagraphKind = { type: "paragraph" }): void {
    this.endParagraph();
    const outer = { kind: this.#kind, declared: this.#declared };
    this.#kind = kind;
    this.#declared = declared;
    write();
    this.endParagraph();
    this.#kind = outer.kind;
    this.#declared = outer.declared;
  }

  block(block: Unnamed): void {
    this.endParagraph();
    this.#push(block);
  }

  /** Does not tear the sentence in which it stands. */
  picture(block: Unnamed & { type: "image" }): void {
    if (this.#runs.isBlank) this.block(block);
    else this.#following.push(block);
  }

  /** The blocks that `write` writes, kept apart for the caller to place with `place`. */
  contained(write: () => void): Block[] {
    this.endParagraph();
    const outer = this.#blocks;
    this.#blocks = [];
    write();
    this.endParagraph();
    const made = this.#blocks;
    this.#blocks = outer;
    return made;
  }

  place(blocks: readonly Block[]): void {
    this.endParagraph();
    for (const block of blocks) this.#blocks.push(block);
  }

  /** Where a cell must not be empty. */
  emptyParagraph(): Block {
    return this.#named({ type: "paragraph", attrs: {} });
  }

  finish(): Block[] {
    this.endParagraph();
    return this.#blocks;
  }

  /** `lang` and `dir` for a block with these words, where they differ from the text's own. */
  attributes(words: string, { lang, dir }: Declared): Attributes {
    const script = scriptOf(words);
    const seen = script === undefined ? undefined : factsOf(script);
    const language = lang ?? seen?.language;
    const direction = dir ?? seen?.direction;
    return {
      ...(language !== undefined && !sameLanguage(language, this.#language) && { lang: language }),
      ...(direction !== undefined && direction !== directionOf(this.#language) && { dir: direction }),
    };
  }

  #paragraph(content: Inline[]): Unnamed {
    const attrs = this.attributes(wordsIn(content), this.#declared);
    return this.#kind.type === "heading"
      ? { type: "heading", attrs: { ...attrs, level: this.#kind.level }, content }
      : { type: "paragraph", attrs, content };
  }

  #push(block: Unnamed): void {
    this.#blocks.push(this.#named(block));
  }

  #named(block: Unnamed): Block {
    const id = sha256(`${this.#written}:${JSON.stringify(block)}`).slice(0, idDigits);
    this.#written += 1;
    return { ...block, attrs: { id, ...block.attrs } } as Block;
  }
}

function wordsIn(content: readonly Inline[]): string {
  return content.map((run) => (run.type === "text" ? run.text : " ")).join("");
}

/** `fr-FR` adds nothing to `fr`; and what the letters suggest, `ar`, says less than `ary-Arab`. */
function sameLanguage(found: string, own: LanguageTag): boolean {
  return found === own || found.split("-")[0] === own || (found === "ar" && own === "ary-Arab");
}
