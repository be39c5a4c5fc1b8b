/** Down the tree: text goes to the writer, each element to the part that knows it, what nobody knows keeps its text. */
import type { Block, Mark } from "../../pieces/body.ts";
import type { Context, Handler, HtmlOptions, Walk } from "./context.ts";
import { blockContext, runContext } from "./declared.ts";
import {
  blockElements,
  embedAddress,
  formElements,
  headingLevelOf,
  markOf,
  transparentElements,
  unseenElements,
  voidElements,
} from "./elements.ts";
import { inlineHandlers } from "./inline.ts";
import { listHandlers } from "./lists.ts";
import { embed, mediaHandlers } from "./media.ts";
import { isElement, type Element, type Node, type ParentNode } from "./parse.ts";
import { preformattedHandlers } from "./preformatted.ts";
import type { Remarks } from "./remarks.ts";
import { tableHandlers } from "./tables.ts";
import { BlockWriter } from "./writer.ts";

/** Elements with a meaning of their own. They come before the tables in `elements.ts`. */
const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["hr", (walk): void => walk.writer.block({ type: "horizontalRule", attrs: {} })],
  ...inlineHandlers,
  ...listHandlers,
  ...mediaHandlers,
  ...preformattedHandlers,
  ...tableHandlers,
]);

/** The blocks that a tree becomes. Recursion is bounded by `treeLimits.depth`. */
export function blocksOf(root: ParentNode, options: HtmlOptions, remarks: Remarks): Block[] {
  const walker = new Walker(options, remarks);
  walker.children(root, { marks: [], declared: {}, newlines: options.newlines, level: 0 });
  return walker.writer.finish();
}

class Walker implements Walk {
  readonly options: HtmlOptions;
  readonly remarks: Remarks;
  readonly writer: BlockWriter;
  readonly memory = { explained: new Set<string>(), loadsLate: false };

  constructor(options: HtmlOptions, remarks: Remarks) {
    this.options = options;
    this.remarks = remarks;
    this.writer = new BlockWriter(options.language);
  }

  children(parent: ParentNode, context: Context): void {
    for (const node of parent.childNodes) this.#node(node, context);
  }

  blocks(parent: ParentNode, context: Context): Block[] {
    const inside = { ...context, level: context.level + 1 };
    return this.writer.contained(() =>
      this.writer.paragraphs(context.declared, () => this.children(parent, inside)),
    );
  }

  #node(node: Node, context: Context): void {
    if (isElement(node)) this.#element(node, context);
    else if (node.nodeName === "#text" && "value" in node) this.#text(node.value, context);
    else if (node.nodeName === "#comment" && "data" in node) this.#comment(node.data);
  }

  #text(value: string, { marks, newlines }: Context): void {
    if (!newlines) return this.writer.text(value, marks);
    value.split(/\n[ \t]*\n\s*/).forEach((paragraph, at) => {
      if (at > 0) this.writer.endParagraph();
      paragraph.split("\n").forEach((line, index) => {
        if (index > 0) this.writer.lineEnd();
        this.writer.text(line, marks);
      });
    });
  }

  /** A block of WordPress's that has no text of its own: its theme would have drawn it. */
  #comment(data: string): void {
    const name = /^\s*wp:([a-z][a-z0-9/-]*)/.exec(data)?.[1];
    const isWhole = data.trimEnd().endsWith("/");
    if (name !== undefined && isWhole) this.remarks.add(`block "${name}" left out`);
  }

  #element(element: Element, context: Context): void {
    this.#remarkOnHandlers(element);
    const handler = handlers.get(element.tagName) ?? this.#handlerByTable(element.tagName);
    handler(this, element, context);
  }

  #handlerByTable(name: string): Handler {
    if (unseenElements.has(name)) return name === "script" ? removed : ignored;
    if (voidElements.has(name)) return ignored;
    if (embedAddress.has(name)) return embed;
    if (headingLevelOf.has(name)) return heading;
    if (blockElements.has(name)) return name === "form" ? formOf(block) : block;
    if (formElements.has(name)) return formOf(run);
    return markOf.has(name) || transparentElements.has(name) ? run : unknown;
  }

  #remarkOnHandlers(element: Element): void {
    if (element.attrs.some(({ name }) => name.startsWith("on"))) this.remarks.add("event handler removed");
  }
}

const ignored: Handler = () => {};

const removed: Handler = (walk, element) => walk.remarks.add(`${element.tagName} removed`);

const run: Handler = (walk, element, context) => {
  const type = markOf.get(element.tagName);
  const marks = type === undefined ? context.marks : withMark(context.marks, { type });
  walk.children(element, runContext(element, context, marks));
};

const unknown: Handler = (walk, element, context) => {
  walk.remarks.add(`<${element.tagName.slice(0, 40)}> kept as text`);
  run(walk, element, context);
};

const block: Handler = (walk, element, context) => {
  // Somebody who writes `<p>` has said where lines end; WordPress's newlines count outside only.
  const newlines = context.newlines && element.tagName !== "p";
  const isTerm = element.tagName === "dt" || element.tagName === "summary";
  const marks = isTerm ? withMark(context.marks, { type: "bold" }) : context.marks;
  const inside = { ...blockContext(element, context), newlines, marks };
  walk.writer.paragraphs(inside.declared, () => walk.children(element, inside));
};

const heading: Handler = (walk, element, context) => {
  const inside = blockContext(element, context);
  const level = headingLevelOf.get(element.tagName) ?? 2;
  walk.writer.paragraphs(inside.declared, () => walk.children(element, inside), { type: "heading", level });
};

const formOf =
  (inner: Handler): Handler =>
  (walk, element, context) => {
    walk.remarks.add("form removed, its text kept");
    inner(walk, element, context);
  };

function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}
