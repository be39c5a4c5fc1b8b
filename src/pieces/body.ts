/**
 * The body of a text: versioned ProseMirror JSON with block ids, as the editor keeps it. HTML is only ever output.
 * Whatever comes in (editor, import) is parsed by `bodySchema`; nothing else is stored.
 */
import { z } from "zod";
import { cleanText } from "../language/clean.ts";
import { isLink, isRemoteImage } from "./link.ts";

/** Limits that hold for every body, wherever it comes from. `depth`: nodes inside nodes, so a list in a list takes four. */
export const bodyLimits = { blocks: 2_000, depth: 24, textCharacters: 1_000_000 } as const;

const direction = z.enum(["rtl", "ltr", "auto"]);
const languageCode = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35);

const href = z.string().refine(isLink, "a link that leads nowhere safe");
const remoteImage = z.string().refine(isRemoteImage, "not the address of a picture");
const line = z.string().max(2_000).transform(cleanText);

const plainMark = z.object({
  type: z.enum(["bold", "italic", "strike", "underline", "code", "subscript", "superscript"]),
});
const linkMark = z.object({ type: z.literal("link"), attrs: z.object({ href }) });
/** A run of words in another language or direction than its block. */
const languageMark = z.object({
  type: z.literal("language"),
  attrs: z.object({ lang: languageCode.optional(), dir: direction.optional() }),
});
export const markSchema = z.discriminatedUnion("type", [plainMark, linkMark, languageMark]);
export type Mark = z.infer<typeof markSchema>;

const textNode = z.object({
  type: z.literal("text"),
  text: z.string().transform(cleanText).pipe(z.string().min(1)),
  marks: z.array(markSchema).optional(),
});
const hardBreak = z.object({ type: z.literal("hardBreak") });
export const inlineSchema = z.discriminatedUnion("type", [textNode, hardBreak]);
export type Inline = z.infer<typeof inlineSchema>;

/** On every block: an id that stays with it, and the language and direction where they differ from the text's. */
const blockAttrs = {
  id: z.string().regex(/^[\w-]{1,40}$/),
  lang: languageCode.optional(),
  dir: direction.optional(),
};
type BlockAttrs = { id: string; lang?: string | undefined; dir?: z.infer<typeof direction> | undefined };

const imageAttrs = {
  ...blockAttrs,
  alt: line,
  decorative: z.literal(true).optional(),
  caption: line.optional(),
};

export type Block =
  | { type: "paragraph"; attrs: BlockAttrs; content?: Inline[] | undefined }
  | { type: "heading"; attrs: BlockAttrs & { level: 2 | 3 | 4 }; content?: Inline[] | undefined }
  | { type: "blockquote"; attrs: BlockAttrs; content: Block[] }
  | { type: "bulletList"; attrs: BlockAttrs; content: ListItem[] }
  | { type: "orderedList"; attrs: BlockAttrs & { start?: number | undefined }; content: ListItem[] }
  | { type: "codeBlock"; attrs: BlockAttrs; content?: Inline[] | undefined }
  | { type: "horizontalRule"; attrs: BlockAttrs }
  | { type: "image"; attrs: BlockAttrs & ImageAttrs }
  | { type: "table"; attrs: BlockAttrs; content: TableRow[] }
  | { type: "material"; attrs: BlockAttrs & { material: string } };

/**
 * `media`: id of a picture that was taken in (src/media), shown from the edition itself. `source`: where the picture of an imported
 * text stood; a link, never loaded by a reader's browser. An empty `alt` says nothing: somebody forgot, or `decorative` says that there
 * is nothing to describe.
 */
export type ImageAttrs = PictureAttrs | (Described & { source: string; media?: undefined });
export type PictureAttrs = Described & { media: string; source?: undefined };
type Described = { alt: string; decorative?: true | undefined; caption?: string | undefined };
export type ListItem = { type: "listItem"; content: Block[] };
export type TableRow = { type: "tableRow"; content: TableCell[] };
export type TableCell = { type: "tableCell" | "tableHeader"; content: Block[] };

const inlines = z.array(inlineSchema).optional();
const blocks: z.ZodType<Block[]> = z.lazy(() => z.array(blockSchema).max(bodyLimits.blocks));
const listItem: z.ZodType<ListItem> = z.lazy(() =>
  z.object({ type: z.literal("listItem"), content: blocks }),
);
const tableCell: z.ZodType<TableCell> = z.lazy(() =>
  z.object({ type: z.enum(["tableCell", "tableHeader"]), content: blocks }),
);
const tableRow: z.ZodType<TableRow> = z.object({
  type: z.literal("tableRow"),
  content: z.array(tableCell).max(100),
});

export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("paragraph"), attrs: z.object(blockAttrs), content: inlines }),
    z.object({
      type: z.literal("heading"),
      attrs: z.object({ ...blockAttrs, level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
      content: inlines,
    }),
    z.object({ type: z.literal("blockquote"), attrs: z.object(blockAttrs), content: blocks }),
    z.object({ type: z.literal("bulletList"), attrs: z.object(blockAttrs), content: z.array(listItem) }),
    z.object({
      type: z.literal("orderedList"),
      attrs: z.object({ ...blockAttrs, start: z.int().optional() }),
      content: z.array(listItem),
    }),
    z.object({ type: z.literal("codeBlock"), attrs: z.object(blockAttrs), content: inlines }),
    z.object({ type: z.literal("horizontalRule"), attrs: z.object(blockAttrs) }),
    z.object({
      type: z.literal("image"),
      attrs: z
        .union([
          z.object({ ...imageAttrs, media: z.string().regex(/^[0-9A-Z]{26}$/) }),
          z.object({ ...imageAttrs, source: remoteImage }),
        ])
        .refine(
          ({ alt, decorative }) => decorative !== true || alt === "",
          "a picture that only decorates has no description",
        ),
    }),
    z.object({
      type: z.literal("table"),
      attrs: z.object(blockAttrs),
      content: z.array(tableRow).max(1_000),
    }),
    z.object({
      type: z.literal("material"),
      attrs: z.object({ ...blockAttrs, material: z.string().max(40) }),
    }),
  ]),
);

export interface Body {
  readonly version: 1;
  readonly doc: { readonly type: "doc"; readonly content: readonly Block[] };
}

/** A mark, the shortest of all values, takes sixteen characters: what has more values than this is longer than a body may be. */
const valuesMax = (bodyLimits.textCharacters * 2) / 15;
/** A block in a block is an object in a list; the rows of a table come between, and marks at the end. */
const nestingMax = bodyLimits.depth * 2 + 8;

/** Checked before the recursive schema looks at it: it must not be led deeper, nor to more faults than memory holds. */
const bounded = z
  .unknown()
  .refine(
    (body) => hasBounds(body) && !isDeeperThan(body, bodyLimits.depth + 1),
    "the body is nested too deeply, or has too many parts",
  );

/** Level by level, so that no nesting exhausts the stack. */
function hasBounds(body: unknown): boolean {
  let level: readonly unknown[] = [body];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > nestingMax || values > valuesMax) return false;
    level = level.flatMap(partsOf);
  }
  return true;
}

/** Everything in a list, and whatever in an object has parts of its own. */
function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).filter((each) => typeof each === "object");
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (Array.isArray(value)) return value.some((each) => isDeeperThan(each, depth));
  if (typeof value !== "object" || value === null) return false;
  const { content, doc } = value as { content?: unknown; doc?: unknown };
  return depth < 0 || isDeeperThan(doc ?? content, depth - 1);
}

export const bodySchema: z.ZodType<Body> = bounded.pipe(
  z
    .object({ version: z.literal(1), doc: z.object({ type: z.literal("doc"), content: blocks }) })
    .refine((body) => JSON.stringify(body).length <= bodyLimits.textCharacters * 2, "the body is too long"),
);

/** Ids of the material that a body shows, each once. */
export function materialIn(body: Body): string[] {
  return [...new Set(body.doc.content.flatMap(blockMaterial))];
}

function blockMaterial(block: Block): string[] {
  return block.type === "material" ? [block.attrs.material] : blocksIn(block).flatMap(blockMaterial);
}

/** Ids of the pictures that a body shows, each once. */
export function mediaIn(body: Body): string[] {
  return [...new Set(body.doc.content.flatMap(blockMedia))];
}

function blockMedia(block: Block): string[] {
  if (block.type === "image") return block.attrs.media === undefined ? [] : [block.attrs.media];
  return blocksIn(block).flatMap(blockMedia);
}

/** Pictures that nobody has described, nor said of that they only decorate. */
export function undescribedIn({ doc }: Body): number {
  const count = (within: readonly Block[]): number =>
    within.reduce((sum, block) => sum + Number(lacksWords(block)) + count(blocksIn(block)), 0);
  return count(doc.content);
}

function lacksWords(block: Block): boolean {
  return block.type === "image" && isUndescribed(block.attrs);
}

export function isUndescribed({ alt, decorative }: ImageAttrs): boolean {
  return alt === "" && decorative !== true;
}

/** The blocks right inside a block: of a quotation, of list items, of a table's cells. */
export function blocksIn(block: Block): readonly Block[] {
  switch (block.type) {
    case "blockquote":
      return block.content;
    case "bulletList":
    case "orderedList":
      return block.content.flatMap((item) => item.content);
    case "table":
      return block.content.flatMap((row) => row.content.flatMap((cell) => cell.content));
    case "paragraph":
    case "heading":
    case "codeBlock":
    case "horizontalRule":
    case "image":
    case "material":
      return [];
  }
}

/** The words of a body without marks, a line a block: for summaries, search and the text form. */
export function wordsOf(body: Body): string {
  return body.doc.content.map(blockWords).filter(Boolean).join("\n");
}

export function blockWords(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
    case "codeBlock":
      return inlineWords(block.content);
    case "blockquote":
      return block.content.map(blockWords).join("\n");
    case "bulletList":
    case "orderedList":
      return block.content.flatMap((item) => item.content.map(blockWords)).join("\n");
    case "table":
      return block.content.map(rowWords).join("\n");
    case "image":
      return block.attrs.caption ?? block.attrs.alt;
    case "horizontalRule":
    case "material":
      return "";
  }
}

function rowWords(row: TableRow): string {
  return row.content.map((cell) => cell.content.map(blockWords).join(" ")).join(" · ");
}

function inlineWords(content: readonly Inline[] | undefined): string {
  return (content ?? []).map((node) => (node.type === "text" ? node.text : "\n")).join("");
}
