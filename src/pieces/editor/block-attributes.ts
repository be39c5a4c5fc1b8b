/**
 * What every block carries: an id that stays with it, and its language and direction where somebody chose them. A block that is
 * split off, or pasted beside the one it was copied from, gets an id of its own; one that is moved keeps its id.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";
import { directionOfElement, languageOf } from "./marks.ts";

export const blockTypes: readonly string[] = [
  "paragraph",
  "heading",
  "blockquote",
  "bulletList",
  "orderedList",
  "codeBlock",
  "horizontalRule",
  "image",
  "table",
  "material",
];

const idForm = /^[\w-]{1,40}$/;

export function blockAttributes(newId: () => string) {
  return Extension.create({
    name: "blockAttributes",
    addGlobalAttributes: () => [
      {
        types: [...blockTypes],
        attributes: {
          id: {
            default: null,
            keepOnSplit: false,
            parseHTML: (element) => {
              const id = element.dataset["block"] ?? "";
              return idForm.test(id) ? id : null;
            },
            renderHTML: ({ id }) => (typeof id === "string" ? { "data-block": id } : {}),
          },
          lang: { default: null, parseHTML: languageOf },
        },
      },
      {
        types: blockTypes.filter((type) => !isLine(type)),
        attributes: { dir: { default: null, parseHTML: directionOfElement } },
      },
      {
        types: blockTypes.filter(isLine),
        attributes: {
          dir: {
            default: null,
            parseHTML: directionOfElement,
            // Where nobody chose one, it follows the words: word-direction.ts.
            renderHTML: ({ dir }) => (dir === "rtl" || dir === "ltr" ? { dir } : {}),
          },
        },
      },
    ],
    addProseMirrorPlugins: () => [blockIds(newId)],
  });
}

/** After every change each block has an id, and no two the same. */
export function blockIds(newId: () => string): Plugin {
  return new Plugin({ appendTransaction: (...step) => withIds(newId, ...step) });
}

/** Blocks of words, whose direction follows the words. */
export function isLine(type: string): boolean {
  return type === "paragraph" || type === "heading";
}

function withIds(
  newId: () => string,
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
): Transaction | null {
  if (!transactions.some(({ docChanged }) => docChanged)) return null;
  const stayed = placesAfter(transactions, before);
  const owners = ownersOf(after, stayed);
  const { tr } = after;
  after.doc.descendants((node, at) => {
    if (!blockTypes.includes(node.type.name)) return;
    const id = node.attrs["id"] as string | null;
    if (id === null || owners.get(id) !== at) tr.setNodeAttribute(at, "id", newId());
  });
  return tr.docChanged ? tr : null;
}

/** Where each block went that was there before, by id. */
function placesAfter(transactions: readonly Transaction[], { doc }: EditorState): Map<string, number> {
  const places = new Map<string, number>();
  eachId(doc, (id, at) => {
    places.set(
      id,
      transactions.reduce((place, { mapping }) => mapping.map(place), at),
    );
  });
  return places;
}

/** Of blocks with the same id, the one that stayed where it was, else the first. */
function ownersOf({ doc }: EditorState, stayed: ReadonlyMap<string, number>): Map<string, number> {
  const owners = new Map<string, number>();
  eachId(doc, (id, at) => {
    if (!owners.has(id) || stayed.get(id) === at) owners.set(id, at);
  });
  return owners;
}

function eachId(doc: Node, visit: (id: string, at: number) => void): void {
  doc.descendants((node, at) => {
    const id = node.attrs["id"] as unknown;
    if (typeof id === "string") visit(id, at);
  });
}
