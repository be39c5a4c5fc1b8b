/**
 * Lines turn to the direction of their words while these are written; one without a letter stands as the text does. The attribute
 * is a decoration, so it is neither saved nor undone, and the cursor stays where it is.
 */
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { Direction } from "../../language/tags.ts";
import { isLine } from "./block-attributes.ts";
import { directionOfWords } from "./document.ts";

const key = new PluginKey<DecorationSet>("wordDirection");
/** ProseMirror takes in what was composed 20 ms after its end. */
const afterCompositionMs = 50;

export function wordDirection(): Plugin<DecorationSet> {
  const directions = new WeakMap<Node, Direction | undefined>();
  const directionOf = (line: Node): Direction | undefined => {
    if (!directions.has(line)) directions.set(line, directionOfWords(line.textContent));
    return directions.get(line);
  };
  return new Plugin({
    key,
    state: {
      init: (_, { doc }) => decorated(doc, directionOf),
      apply: (transaction, before) => {
        // Half a word that is being put together says nothing yet, and a line that jumps meanwhile is hard to write in.
        if (transaction.getMeta("composition") !== undefined) {
          return before.map(transaction.mapping, transaction.doc);
        }
        const isDue = transaction.docChanged || transaction.getMeta(key) === true;
        return isDue ? decorated(transaction.doc, directionOf) : before;
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handleDOMEvents: { compositionend: (view) => void setTimeout(() => turn(view), afterCompositionMs) },
    },
  });
}

function turn(view: EditorView): void {
  if (!view.isDestroyed && !view.composing) view.dispatch(view.state.tr.setMeta(key, true));
}

function decorated(doc: Node, directionOf: (line: Node) => Direction | undefined): DecorationSet {
  const decorations: Decoration[] = [];
  doc.descendants((node, at) => {
    if (!isLine(node.type.name)) return;
    const dir = isChosen(node) ? undefined : directionOf(node);
    if (dir !== undefined) decorations.push(Decoration.node(at, at + node.nodeSize, { dir }));
  });
  return DecorationSet.create(doc, decorations);
}

function isChosen({ attrs: { dir } }: Node): boolean {
  return dir === "rtl" || dir === "ltr";
}
