/** Short words for blocks, so that the demo's texts read like texts. Ids, links and material are settled when it is loaded. */
import type { Block, Inline, ListItem, Mark, TableRow } from "../../pieces/body.ts";

/** A scheme of the demo's own: `demo:march` is the piece of that name, in the language of the text around it. */
export const demoScheme = "demo:";

type Words = string | Inline;

const noId = { id: "" };

export function p(...words: Words[]): Block {
  return { type: "paragraph", attrs: noId, content: words.map(inline) };
}

export function h(text: string): Block {
  return { type: "heading", attrs: { ...noId, level: 2 }, content: [inline(text)] };
}

/** Somebody's words, and on a line of its own who said them. */
export function quote(said: Words, by: string): Block {
  return { type: "blockquote", attrs: noId, content: [p(said), p(marked(`— ${by}`, { type: "italic" }))] };
}

export function list(...items: Words[]): Block {
  return { type: "bulletList", attrs: noId, content: items.map(item) };
}

export function steps(...items: Words[]): Block {
  return { type: "orderedList", attrs: noId, content: items.map(item) };
}

/** The first row is the head. */
export function table(...rows: readonly (readonly string[])[]): Block {
  const content = rows.map((cells, at): TableRow => ({
    type: "tableRow",
    content: cells.map((text) => ({ type: at === 0 ? "tableHeader" : "tableCell", content: [p(text)] })),
  }));
  return { type: "table", attrs: noId, content };
}

export function rule(): Block {
  return { type: "horizontalRule", attrs: noId };
}

/** Shown with what it claims, and what checking it came to. */
export function material(name: string): Block {
  return { type: "material", attrs: { ...noId, material: name } };
}

export function strong(text: string): Inline {
  return marked(text, { type: "bold" });
}

/** Darija, in Arabic letters or as people type it on a phone. */
export function darija(text: string): Inline {
  return marked(text, { type: "language", attrs: { lang: "ary-Arab", dir: "rtl" } });
}

export function darijaLatin(text: string): Inline {
  return marked(text, { type: "language", attrs: { lang: "ary-Latn", dir: "ltr" } });
}

/** A link to another piece of the demo. */
export function to(name: string, text: string): Inline {
  return marked(text, { type: "link", attrs: { href: `${demoScheme}${name}` } });
}

function item(words: Words): ListItem {
  return { type: "listItem", content: [p(words)] };
}

function inline(words: Words): Inline {
  return typeof words === "string" ? { type: "text", text: words } : words;
}

function marked(text: string, mark: Mark): Inline {
  return { type: "text", text, marks: [mark] };
}
