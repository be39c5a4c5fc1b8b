/** Blocks of the editor that TipTap's own would hold differently than a body does. How pictures look is picture.ts. */
import { Node, type NodeViewRenderer } from "@tiptap/core";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { isRemoteImage } from "../link.ts";

/** TipTap's own takes neither marks nor line breaks; imported texts have both. */
export const CodeBlock = Node.create({
  name: "codeBlock",
  group: "block",
  content: "inline*",
  code: true,
  defining: true,
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: ({ HTMLAttributes }) => ["pre", { ...HTMLAttributes, dir: "ltr" }, ["code", 0]],
});

/** An item of an imported text may begin with any block. */
export const ListItem = Node.create({
  name: "listItem",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "li" }],
  renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      "Shift-Tab": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

/** Of a picture, beside what every block carries. */
const copied: readonly string[] = ["media", "source", "alt", "decorative", "caption"];

/** `alt` null: it has just come in, and nobody has said yet what it shows. */
export function image(view?: NodeViewRenderer) {
  return Node.create({
    name: "image",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      media: { default: null, parseHTML: (element) => element.dataset["media"] ?? null },
      source: { default: null, parseHTML: (element) => element.dataset["source"] ?? null },
      alt: { default: null, parseHTML: (element) => element.dataset["alt"] ?? null },
      decorative: { default: null, parseHTML: (element) => (element.dataset["decorative"] ? true : null) },
      caption: { default: null, parseHTML: (element) => element.dataset["caption"] ?? null },
    }),
    // Only what this editor itself copied: a picture from elsewhere would be loaded from there.
    parseHTML: () => [
      {
        tag: "figure[data-media]",
        getAttrs: (figure) => /^[0-9A-Z]{26}$/.test(figure.dataset["media"] ?? "") && null,
      },
      {
        tag: "figure[data-source]",
        getAttrs: (figure) => isRemoteImage(figure.dataset["source"] ?? "") && null,
      },
    ],
    renderHTML({ node }) {
      const attributes = Object.entries(node.attrs).filter(([name]) => copied.includes(name));
      return ["figure", Object.fromEntries(attributes.map(([name, value]) => [`data-${name}`, value]))];
    },
    ...(view !== undefined && { addNodeView: () => view }),
  });
}

/** Citizen media: shown, moved and taken out here, never changed. */
export function material(view?: NodeViewRenderer) {
  return Node.create({
    name: "material",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      material: { default: null, parseHTML: (element) => element.dataset["material"] ?? null },
    }),
    parseHTML: () => [
      {
        tag: "div[data-material]",
        getAttrs: (block) => /^.{1,40}$/.test(block.dataset["material"] ?? "") && null,
      },
    ],
    renderHTML: ({ node }) => ["div", { "data-material": String(node.attrs["material"]) }],
    ...(view !== undefined && { addNodeView: () => view }),
  });
}

/** A body's tables have no joined cells and no widths: what is pasted with them is laid out cell by cell. */
const plainCell = () => ({
  colspan: { default: 1, rendered: false, parseHTML: () => 1 },
  rowspan: { default: 1, rendered: false, parseHTML: () => 1 },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
});

/** Without TipTap's columns, whose widths are styles that the studio's policy refuses. */
const PlainTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
});

export const tables = [
  PlainTable,
  TableRow,
  TableCell.extend({ addAttributes: plainCell }),
  TableHeader.extend({ addAttributes: plainCell }),
];
