/** What `write.ts` leaves open is filled in: block ids, links between pieces, which material is meant. */
import type { Block, Inline, ListItem, Mark, TableRow } from "../../pieces/body.ts";
import { demoScheme } from "./write.ts";

export interface Names {
  /** The path of the piece of that name for readers of this text; undefined where there is none to show. */
  readonly pathOf: (name: string) => string | undefined;
  readonly materialId: (name: string) => string;
}

/** Ids count through the text: `b1`, `b2` … */
export function settled(blocks: readonly Block[], names: Names): Block[] {
  let count = 0;
  const all = (inner: readonly Block[]): Block[] => inner.map(one);
  const one = (block: Block): Block => {
    count += 1;
    const id = `b${count}`;
    switch (block.type) {
      case "paragraph":
      case "heading":
      case "codeBlock":
        return {
          ...block,
          attrs: { ...block.attrs, id },
          content: (block.content ?? []).map((run) => linked(run, names)),
        } as Block;
      case "blockquote":
        return { ...block, attrs: { ...block.attrs, id }, content: all(block.content) };
      case "bulletList":
      case "orderedList":
        return {
          ...block,
          attrs: { ...block.attrs, id },
          content: block.content.map((item): ListItem => ({ ...item, content: all(item.content) })),
        };
      case "table":
        return {
          ...block,
          attrs: { ...block.attrs, id },
          content: block.content.map((row): TableRow => ({
            ...row,
            content: row.content.map((cell) => ({ ...cell, content: all(cell.content) })),
          })),
        };
      case "material":
        return { ...block, attrs: { ...block.attrs, id, material: names.materialId(block.attrs.material) } };
      default:
        return { ...block, attrs: { ...block.attrs, id } } as Block;
    }
  };
  return all(blocks);
}

function linked(run: Inline, { pathOf }: Names): Inline {
  if (run.type !== "text" || run.marks === undefined) return run;
  const marks = run.marks.flatMap((mark): Mark[] => {
    if (mark.type !== "link" || !mark.attrs.href.startsWith(demoScheme)) return [mark];
    const href = pathOf(mark.attrs.href.slice(demoScheme.length));
    return href === undefined ? [] : [{ type: "link", attrs: { href } }];
  });
  return { ...run, marks };
}
