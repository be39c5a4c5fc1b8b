/** Lists and quotations: blocks inside blocks. Deeper than a body allows, their paragraphs stand where the list would. */
import type { Block, ListItem } from "../../pieces/body.ts";
import { type Context, type Handler, isTooDeep, type Walk } from "./context.ts";
import { blockContext } from "./declared.ts";
import { attribute, type Element, fragment, hasClass, isElement, type Node } from "./parse.ts";
import { wordsOfBlocks } from "./words.ts";

const list: Handler = (walk, element, context) => {
  const inside = blockContext(element, context);
  // A gallery is a list for its theme's sake only.
  if (isTooDeep(context) || hasClass(element, "blocks-gallery-grid")) return walk.children(element, inside);
  const items = itemsOf(walk, element, inside);
  if (items.length === 0) return;
  const attrs = walk.writer.attributes(wordsOfBlocks(items.flatMap((item) => item.content)), inside.declared);
  if (element.tagName !== "ol") return walk.writer.block({ type: "bulletList", attrs, content: items });
  const start = startOf(element);
  walk.writer.block({
    type: "orderedList",
    attrs: { ...attrs, ...(start !== undefined && { start }) },
    content: items,
  });
};

const quote: Handler = (walk, element, context) => {
  const inside = blockContext(element, context);
  if (isTooDeep(context)) {
    return walk.writer.paragraphs(inside.declared, () => walk.children(element, inside));
  }
  const content = walk.blocks(element, inside);
  if (content.length === 0) return;
  walk.writer.block({
    type: "blockquote",
    attrs: walk.writer.attributes(wordsOfBlocks(content), inside.declared),
    content,
  });
};

export const listHandlers: ReadonlyMap<string, Handler> = new Map([
  ["ul", list],
  ["ol", list],
  ["menu", list],
  ["dir", list],
  ["blockquote", quote],
]);

/** What stands between items belongs to the one before it; without one, it makes an item. */
function itemsOf(walk: Walk, element: Element, context: Context): ListItem[] {
  const items: ListItem[] = [];
  for (const child of element.childNodes) {
    const content = contentOf(walk, child, context);
    if (content.length === 0) continue;
    const last = items.at(-1);
    if (isItem(child) || last === undefined) items.push({ type: "listItem", content });
    else last.content = last.content.concat(content);
  }
  return items;
}

function contentOf(walk: Walk, child: Node, context: Context): Block[] {
  if (!isItem(child)) return walk.blocks(fragment([child]), context);
  return walk.blocks(child, blockContext(child, context));
}

function isItem(node: Node): node is Element {
  return isElement(node) && node.tagName === "li";
}

function startOf(element: Element): number | undefined {
  const start = Number.parseInt(attribute(element, "start") ?? "", 10);
  return Number.isSafeInteger(start) && start !== 1 ? start : undefined;
}
