/** What the editor's buttons do, and when each counts as pressed. */
import type { ChainedCommands, Editor } from "@tiptap/core";
import { isLine } from "./block-attributes.ts";
import type { EditorWords } from "./words.ts";

type ToolName = keyof EditorWords["tools"];

export interface Tool {
  readonly name: ToolName;
  /** Shown on the button; else its short word. */
  readonly sign?: string;
  readonly keys?: string;
  readonly run: (editor: Editor) => void;
  /** Absent: it does something, and is never "on". */
  readonly isOn?: (editor: Editor) => boolean;
  readonly isShown?: (editor: Editor) => boolean;
}

/** What needs more than the document. */
export interface Dialogs {
  readonly link: () => void;
  readonly picture: () => void;
}

const inTable = (editor: Editor): boolean => editor.isActive("table");

function mark(name: ToolName, sign: string, keys: string): Tool {
  return {
    name,
    sign,
    keys,
    run: chained((chain) => chain.toggleMark(name)),
    isOn: (editor) => editor.isActive(name),
  };
}

function heading(level: 2 | 3 | 4): Tool {
  return {
    name: `heading${level}`,
    sign: `H${level}`,
    keys: `Mod+Alt+${level}`,
    run: chained((chain) => chain.toggleNode("heading", "paragraph", { level })),
    isOn: (editor) => editor.isActive("heading", { level }),
  };
}

function direction(dir: "rtl" | "ltr" | null, name: ToolName, sign: string): Tool {
  return {
    name,
    sign,
    run: (editor) => setDirection(editor, dir),
    isOn: (editor) => directionAt(editor) === dir,
  };
}

function tableTool(name: ToolName, sign: string, run: (chain: ChainedCommands) => ChainedCommands): Tool {
  return { name, sign, run: chained(run), isShown: inTable };
}

function chained(run: (chain: ChainedCommands) => ChainedCommands): (editor: Editor) => void {
  return (editor) => void run(editor.chain().focus()).run();
}

const blockTools: readonly Tool[] = [
  {
    name: "paragraph",
    sign: "¶",
    keys: "Mod+Alt+0",
    run: chained((chain) => chain.setNode("paragraph")),
    isOn: (editor) => editor.isActive("paragraph"),
  },
  heading(2),
  heading(3),
  heading(4),
];

const listTools: readonly Tool[] = [
  {
    name: "bulletList",
    sign: "•",
    keys: "Mod+Shift+8",
    run: chained((chain) => chain.toggleList("bulletList", "listItem")),
    isOn: (editor) => editor.isActive("bulletList"),
  },
  {
    name: "orderedList",
    sign: "1.",
    keys: "Mod+Shift+7",
    run: chained((chain) => chain.toggleList("orderedList", "listItem")),
    isOn: (editor) => editor.isActive("orderedList"),
  },
  {
    name: "blockquote",
    sign: "❝",
    keys: "Mod+Shift+B",
    run: chained((chain) => chain.toggleWrap("blockquote")),
    isOn: (editor) => editor.isActive("blockquote"),
  },
  {
    name: "codeBlock",
    sign: "</>",
    run: chained((chain) => chain.toggleNode("codeBlock", "paragraph")),
    isOn: (editor) => editor.isActive("codeBlock"),
  },
];

const tableTools: readonly Tool[] = [
  tableTool("rowAfter", "＋↓", (chain) => chain.addRowAfter()),
  tableTool("columnAfter", "＋→", (chain) => chain.addColumnAfter()),
  tableTool("deleteRow", "−↓", (chain) => chain.deleteRow()),
  tableTool("deleteColumn", "−→", (chain) => chain.deleteColumn()),
  tableTool("deleteTable", "✕", (chain) => chain.deleteTable()),
];

const directionTools: readonly Tool[] = [
  direction(null, "auto", "⇄"),
  direction("rtl", "rtl", "¶←"),
  direction("ltr", "ltr", "→¶"),
];

const historyTools: readonly Tool[] = [
  { name: "undo", sign: "↶", keys: "Mod+Z", run: chained((chain) => chain.undo()) },
  { name: "redo", sign: "↷", keys: "Mod+Shift+Z", run: chained((chain) => chain.redo()) },
];

function markTools(dialogs: Dialogs): readonly Tool[] {
  return [
    mark("bold", "B", "Mod+B"),
    mark("italic", "I", "Mod+I"),
    mark("underline", "U", "Mod+U"),
    mark("strike", "S", "Mod+Shift+S"),
    mark("superscript", "x²", "Mod+."),
    mark("subscript", "x₂", "Mod+,"),
    mark("code", "{ }", "Mod+E"),
    { name: "link", keys: "Mod+K", run: dialogs.link, isOn: (editor) => editor.isActive("link") },
  ];
}

function insertTools(dialogs: Dialogs): readonly Tool[] {
  return [
    { name: "picture", run: dialogs.picture },
    {
      name: "table",
      run: chained((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
    },
    { name: "rule", run: chained((chain) => chain.setHorizontalRule()) },
  ];
}

/** In groups, in the order of the bar. */
export function toolGroups(dialogs: Dialogs): readonly (readonly Tool[])[] {
  return [
    blockTools,
    markTools(dialogs),
    listTools,
    insertTools(dialogs),
    tableTools,
    directionTools,
    historyTools,
  ];
}

/** Of the block that the cursor is in; null: by its words. */
function directionAt({ state }: Editor): "rtl" | "ltr" | null {
  const dir = state.selection.$from.parent.attrs["dir"] as unknown;
  return dir === "rtl" || dir === "ltr" ? dir : null;
}

/** Of every block of words that is selected. */
function setDirection(editor: Editor, dir: "rtl" | "ltr" | null): void {
  const { tr, selection, doc } = editor.state;
  doc.nodesBetween(selection.from, selection.to, (node, at) => {
    if (isLine(node.type.name)) tr.setNodeAttribute(at, "dir", dir);
  });
  editor.view.dispatch(tr);
  editor.commands.focus();
}
