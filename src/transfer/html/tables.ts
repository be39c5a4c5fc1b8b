/** Tables, row by row. Head, body and foot become one; merged cells can't be kept and are remarked. */
import type { TableCell, TableRow } from "../../pieces/body.ts";
import { type Context, type Handler, isTooDeep, type Walk } from "./context.ts";
import { blockContext } from "./declared.ts";
import { attribute, type Element, isElement } from "./parse.ts";
import { wordsOfBlocks } from "./words.ts";

/** As `bodySchema` has them: rows beyond go into a second table, cells beyond into the last one. */
const rowsMax = 1_000;
const cellsMax = 100;

const table: Handler = (walk, element, context) => {
  const inside = blockContext(element, context);
  if (isTooDeep(context)) return loose(walk, element, inside);
  const { rows, captions } = partsOf(element);
  for (const caption of captions) loose(walk, caption, inside);
  const content = rows.map((row) => rowOf(walk, row, inside)).filter((row) => row.content.length > 0);
  for (let from = 0; from < content.length; from += rowsMax) {
    const slice = content.slice(from, from + rowsMax);
    const words = wordsOfBlocks(slice.flatMap((row) => row.content.flatMap((cell) => cell.content)));
    walk.writer.block({
      type: "table",
      attrs: walk.writer.attributes(words, inside.declared),
      content: slice,
    });
  }
};

/** Where no table can stand (too deep, or rows without one), each cell is a paragraph. */
const loose = (walk: Walk, element: Element, context: Context): void =>
  walk.writer.paragraphs(context.declared, () => walk.children(element, context));

export const tableHandlers: ReadonlyMap<string, Handler> = new Map([
  ["table", table],
  ["td", loose],
  ["th", loose],
  ["caption", loose],
]);

/** Rows in the order written, and whatever else stands in the table: captions, or what a careless template put there. */
function partsOf(element: Element): { readonly rows: Element[]; readonly captions: Element[] } {
  const groups = ["thead", "tbody", "tfoot"];
  const children = element.childNodes.filter(isElement);
  const isRow = ({ tagName }: Element): boolean => tagName === "tr";
  return {
    rows: children
      .flatMap((child) => (groups.includes(child.tagName) ? child.childNodes.filter(isElement) : [child]))
      .filter(isRow),
    captions: children.filter((child) => !isRow(child) && !groups.includes(child.tagName)),
  };
}

function rowOf(walk: Walk, row: Element, context: Context): TableRow {
  const inside = blockContext(row, context);
  const cells: TableCell[] = [];
  for (const child of row.childNodes) {
    if (!isElement(child)) continue;
    const cell = cellOf(walk, child, inside);
    const last = cells.at(-1);
    if (last !== undefined && cells.length === cellsMax) last.content = last.content.concat(cell.content);
    else cells.push(cell);
  }
  return { type: "tableRow", content: cells };
}

function cellOf(walk: Walk, cell: Element, context: Context): TableCell {
  if ([attribute(cell, "colspan"), attribute(cell, "rowspan")].some((span) => Number(span ?? 1) > 1)) {
    walk.remarks.add("merged table cells separated");
  }
  const content = walk.blocks(cell, blockContext(cell, context));
  return {
    type: cell.tagName === "th" ? "tableHeader" : "tableCell",
    content: content.length > 0 ? content : [walk.writer.emptyParagraph()],
  };
}
