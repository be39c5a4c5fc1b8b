/** @jsxImportSource hono/jsx */
/**
 * A body as HTML. Nothing in it is trusted to be markup: every word goes through the templates' escaping, every element comes
 * from this page, and no image is loaded from anywhere: that would tell its host who reads.
 */
import type { Child } from "hono/jsx";
import { differing, directionOfCode } from "../language/direction.ts";
import { messagesIn } from "../language/messages/index.ts";
import type { LanguageTag } from "../language/tags.ts";
import { typeset } from "../language/typography.ts";
import {
  type Block,
  blocksIn,
  type Body,
  type ImageAttrs,
  type PictureAttrs,
  type Inline,
  type ListItem,
  type Mark,
  type TableCell,
  type TableRow,
} from "./body.ts";

export interface BodyContext {
  /** That the body is written in. */
  readonly language: LanguageTag;
  /** That the page around it speaks: labels are in it. */
  readonly interface: LanguageTag;
  /** Shows the material with that id. */
  readonly material: (id: string) => Child;
  /** Shows a picture of our own. */
  readonly picture: (attrs: PictureAttrs, attributes: LanguageDirection) => Child;
}

type Rendering = BodyContext & {
  readonly headings: ReadonlyMap<Block, HeadingTag>;
  /** Of the words right here: the body's, or what a block says of itself. Any BCP 47 tag. */
  readonly spoken: string;
};

/** A text's title is the h1. */
const headingTags = ["h2", "h3", "h4"] as const;
type HeadingTag = (typeof headingTags)[number];

export function BodyHtml({ body, ...context }: BodyContext & { readonly body: Body }) {
  const rendering = { ...context, headings: headingsIn(body), spoken: context.language };
  return <>{blocks(body.doc.content, rendering)}</>;
}

function blocks(content: readonly Block[], rendering: Rendering): Child[] {
  return content.map((block) => blockHtml(block, rendering));
}

function blockHtml(block: Block, around: Rendering): Child {
  const attributes = languageOf(block.attrs);
  const rendering = { ...around, spoken: block.attrs.lang ?? around.spoken };
  switch (block.type) {
    case "paragraph":
      return isBlank(block.content) ? null : <p {...attributes}>{inlines(block.content, rendering)}</p>;
    case "heading":
      return isBlank(block.content) ? null : heading(block, rendering);
    case "blockquote":
      return <blockquote {...attributes}>{blocks(block.content, rendering)}</blockquote>;
    case "bulletList":
      return <ul {...attributes}>{items(block.content, rendering)}</ul>;
    case "orderedList":
      return (
        <ol {...attributes} start={block.attrs.start}>
          {items(block.content, rendering)}
        </ol>
      );
    case "codeBlock":
      return (
        <pre dir="ltr">
          <code>{inlines(block.content, { spoken: "zxx" })}</code>
        </pre>
      );
    case "horizontalRule":
      return <hr />;
    case "image":
      return image(block.attrs, attributes, rendering);
    case "table":
      return table(block.content, attributes, rendering);
    case "material":
      return rendering.material(block.attrs.material);
  }
}

function heading(block: Extract<Block, { type: "heading" }>, rendering: Rendering): Child {
  const Heading = rendering.headings.get(block) ?? "h4";
  return <Heading {...languageOf(block.attrs)}>{inlines(block.content, rendering)}</Heading>;
}

/** Levels without gaps: who listens to a page goes by them, and imported texts often skip one. */
function headingsIn(body: Body): Map<Block, HeadingTag> {
  const headings = new Map<Block, HeadingTag>();
  let last = 1;
  const visit = (block: Block): void => {
    if (block.type === "heading" && !isBlank(block.content)) {
      last = Math.min(block.attrs.level, last + 1);
      headings.set(block, headingTags[last - 2] ?? "h4");
    }
    blocksIn(block).forEach(visit);
  };
  body.doc.content.forEach(visit);
  return headings;
}

function items(content: readonly ListItem[], rendering: Rendering): Child[] {
  return content.map((item) => {
    const [only] = item.content;
    const isOneLine = item.content.length === 1 && only?.type === "paragraph";
    return isOneLine ? (
      <li {...languageOf(only.attrs)}>
        {inlines(only.content, { spoken: only.attrs.lang ?? rendering.spoken })}
      </li>
    ) : (
      <li>{blocks(item.content, rendering)}</li>
    );
  });
}

/** Wider than a phone as a rule: it scrolls by itself, also by keyboard. */
function table(rows: readonly TableRow[], attributes: LanguageDirection, rendering: Rendering): Child {
  return (
    <div class="wide" role="region" tabindex={0} aria-label={messagesIn(rendering.interface).table}>
      <table {...attributes}>
        {rows.map((row, at) => (
          <tr>{row.content.map((cell) => tableCell(cell, at === 0 ? "col" : "row", rendering))}</tr>
        ))}
      </table>
    </div>
  );
}

function tableCell(cell: TableCell, scope: "col" | "row", rendering: Rendering): Child {
  const content = blocks(cell.content, rendering);
  const isHeader = cell.type === "tableHeader" && content.some((block) => block !== null);
  return isHeader ? <th scope={scope}>{content}</th> : <td>{content}</td>;
}

function image(attrs: ImageAttrs, attributes: LanguageDirection, rendering: Rendering): Child {
  const { alt, caption, source } = attrs;
  const words = messagesIn(rendering.interface);
  if (source === undefined) return rendering.picture(attrs, attributes);
  return (
    <figure class="image" {...attributes}>
      <p class="image-source" {...differing(rendering.interface, rendering.language)}>
        <a href={source} rel="noreferrer">
          {words.imageAtSource}
        </a>{" "}
        <bdi>{hostOf(source)}</bdi>
      </p>
      {alt !== "" && <p dir="auto">{alt}</p>}
      {caption !== undefined && caption !== "" && <figcaption dir="auto">{caption}</figcaption>}
    </figure>
  );
}

/** For a reader to see where a link leads. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host ?? "";
}

/** Neighbours with one link become one link, so that a bold word inside doesn't cut it into three. */
function inlines(content: readonly Inline[] | undefined, { spoken }: Pick<Rendering, "spoken">): Child[] {
  const runs: { href: string | undefined; content: Inline[] }[] = [];
  for (const inline of content ?? []) {
    const href = hrefOf(inline);
    const last = runs.at(-1);
    if (last !== undefined && last.href === href) last.content.push(inline);
    else runs.push({ href, content: [inline] });
  }
  return runs.map(({ href, content: run }) => {
    const words = run.map((inline) => inlineHtml(inline, spoken));
    if (href === undefined || isBlank(run)) return <>{words}</>;
    return <a {...linkTo(href)}>{words}</a>;
  });
}

function hrefOf(inline: Inline): string | undefined {
  if (inline.type !== "text") return undefined;
  const link = inline.marks?.find((mark) => mark.type === "link");
  return link?.type === "link" ? link.attrs.href : undefined;
}

/** Other sites don't learn from which page a reader comes. */
function linkTo(href: string): { href: string; rel?: string } {
  return /^https?:/i.test(href) ? { href, rel: "noreferrer" } : { href };
}

function inlineHtml(inline: Inline, spoken: string): Child {
  if (inline.type === "hardBreak") return <br />;
  return (inline.marks ?? []).reduceRight<Child>(marked, typeset(inline.text, spoken));
}

function marked(words: Child, mark: Mark): Child {
  switch (mark.type) {
    case "bold":
      return <strong>{words}</strong>;
    case "italic":
      return <em>{words}</em>;
    case "strike":
      return <s>{words}</s>;
    case "underline":
      return <u>{words}</u>;
    case "code":
      return <code dir="ltr">{words}</code>;
    case "subscript":
      return <sub>{words}</sub>;
    case "superscript":
      return <sup>{words}</sup>;
    case "language":
      return <span {...languageOf(mark.attrs)}>{words}</span>;
    case "link":
      return words;
  }
}

/** What a block, or a run of words, says of itself. */
export interface LanguageDirection {
  readonly lang?: string | undefined;
  readonly dir?: "rtl" | "ltr" | "auto" | undefined;
}

/** A language alone brings its direction along. */
function languageOf({ lang, dir }: LanguageDirection): LanguageDirection {
  return { lang, dir: dir ?? (lang === undefined ? undefined : directionOfCode(lang)) };
}

function isBlank(content: readonly Inline[] | undefined): boolean {
  return (content ?? []).every((inline) => inline.type === "hardBreak" || inline.text.trim() === "");
}
