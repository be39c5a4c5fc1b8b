/** From a body to the editor's document and back. What nobody touched comes out as it went in, to the last attribute. */
import { Mark, type Node, type NodeType, type Schema } from "@tiptap/pm/model";
import { cleanText } from "../../language/clean.ts";
import { directionOfCode } from "../../language/direction.ts";
import type { Direction } from "../../language/tags.ts";
import type { Block, Body } from "../body.ts";
import { blockTypes, isLine } from "./block-attributes.ts";

/** A body as the editor shows it. */
export interface Loaded {
  readonly doc: Node;
  readonly body: Body;
  /** Of its outermost blocks, which ProseMirror keeps as the same objects until somebody changes them. */
  readonly blocks: ReadonlyMap<Node, Block>;
}

export function load(body: Body, schema: Schema, newId: () => string): Loaded {
  const doc = nodeFrom(body.doc, { schema, newId });
  const blocks = new Map(body.doc.content.map((block, at) => [doc.child(at), block]));
  return { doc, body, blocks };
}

interface Loading {
  readonly schema: Schema;
  readonly newId: () => string;
}

interface Json {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly Json[] | undefined;
  readonly marks?: readonly Json[] | undefined;
}

function nodeFrom(json: Json, loading: Loading): Node {
  const { schema } = loading;
  if (json.text !== undefined) return schema.text(json.text, marksFrom(json.marks ?? [], schema));
  const type = schema.nodes[json.type];
  if (type === undefined) throw new Error(`loading a text: the editor can't show a ${json.type}`);
  const content = json.content?.map((each) => nodeFrom(each, loading)) ?? [];
  const isWhole = content.length > 0 || type.contentMatch.validEnd;
  return type.createChecked(json.attrs, isWhole ? content : filling(type, loading));
}

/** What has to be inside something where nobody has put anything: a list's item, with a paragraph in it. */
function filling({ contentMatch: { defaultType } }: NodeType, loading: Loading): Node[] {
  if (defaultType === null) return [];
  const { name } = defaultType;
  const attrs = blockTypes.includes(name) ? { id: loading.newId() } : {};
  return [nodeFrom({ type: name, attrs }, loading)];
}

function marksFrom(marks: readonly Json[], schema: Schema): readonly Mark[] {
  return marks.reduce<readonly Mark[]>(
    (set, { type, attrs }) => schema.mark(type, attrs ?? null).addToSet(set),
    Mark.none,
  );
}

/** `direction`: of the text's language; what a block says of its own is what differs from it. */
export function bodyFrom(doc: Node, loaded: Loaded | undefined, direction: Direction): Body {
  if (loaded?.doc === doc) return loaded.body;
  const content = doc.children.map((node) => loaded?.blocks.get(node) ?? jsonFrom(node, direction));
  return { version: 1, doc: { type: "doc", content: content as readonly Block[] } };
}

/** Beside those that every block has. */
const ownAttributes: Readonly<Record<string, readonly string[]>> = {
  heading: ["level"],
  orderedList: ["start"],
  image: ["media", "source", "alt", "decorative", "caption"],
  material: ["material"],
};

function jsonFrom(node: Node, around: Direction): Json {
  const { name } = node.type;
  if (node.isText) return textFrom(node);
  if (!blockTypes.includes(name)) return { type: name, ...contentFrom(node, around) };
  const attrs = attributesFrom(node, around);
  return { type: name, attrs, ...contentFrom(node, innerDirection(attrs, around)) };
}

function textFrom(node: Node): Json {
  const text = cleanText(node.text ?? "");
  if (node.marks.length === 0) return { type: "text", text };
  return { type: "text", text, marks: node.marks.map(markFrom) };
}

function markFrom({ type, attrs }: Mark): Json {
  return Object.keys(attrs).length === 0 ? { type: type.name } : { type: type.name, attrs: given(attrs) };
}

function contentFrom(node: Node, around: Direction): Pick<Json, "content"> {
  if (node.isLeaf) return {};
  return { content: node.children.map((child) => jsonFrom(child, around)).filter(({ text }) => text !== "") };
}

function attributesFrom(node: Node, around: Direction): Record<string, unknown> {
  const { name } = node.type;
  const own = (ownAttributes[name] ?? []).map((each) => [each, node.attrs[each] as unknown]);
  const { id, lang } = node.attrs;
  const attrs = given({ id, lang, dir: directionFrom(node, around), ...Object.fromEntries(own) });
  if (attrs["start"] === 1) delete attrs["start"];
  return name === "image" ? { alt: "", ...attrs } : attrs;
}

/** What was chosen; else "auto" where the words would run the wrong way without it. */
function directionFrom(node: Node, around: Direction): unknown {
  const { dir, lang } = node.attrs;
  if (!isLine(node.type.name) || (dir !== null && dir !== "auto")) return dir;
  const expected = typeof lang === "string" ? directionOfCode(lang) : around;
  const seen = directionOfWords(node.textContent);
  return seen === undefined || seen === expected ? null : "auto";
}

function innerDirection({ dir, lang }: Record<string, unknown>, around: Direction): Direction {
  if (dir === "rtl" || dir === "ltr") return dir;
  return typeof lang === "string" ? directionOfCode(lang) : around;
}

const letter = /[\p{L}]/u;
const rtlLetter = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By the first letter, as `dir="auto"` does (HTML, section 3.2.6.4). */
export function directionOfWords(words: string): Direction | undefined {
  const first = letter.exec(words)?.[0];
  if (first === undefined) return undefined;
  return rtlLetter.test(first) ? "rtl" : "ltr";
}

function given(attrs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).filter(([, value]) => value !== null && value !== undefined),
  );
}
