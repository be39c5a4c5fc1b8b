/** The editor's buttons. One tab stop; arrows move inside (WAI-ARIA practices, "toolbar"). */
import type { ChainedCommands, Editor } from "@tiptap/core";
import { languageTags, nameOf } from "../../language/tags.ts";
import { isLine } from "./block-attributes.ts";
import { element } from "./element.ts";
import type { EditorWords } from "./words.ts";

type ToolName = keyof EditorWords["tools"];

interface Tool {
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

function toolGroups(dialogs: Dialogs): readonly (readonly Tool[])[] {
  return [
    [
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
    ],
    [
      mark("bold", "B", "Mod+B"),
      mark("italic", "I", "Mod+I"),
      mark("underline", "U", "Mod+U"),
      mark("strike", "S", "Mod+Shift+S"),
      mark("superscript", "x²", "Mod+."),
      mark("subscript", "x₂", "Mod+,"),
      mark("code", "{ }", "Mod+E"),
      { name: "link", keys: "Mod+K", run: dialogs.link, isOn: (editor) => editor.isActive("link") },
    ],
    [
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
    ],
    [
      { name: "picture", run: dialogs.picture },
      {
        name: "table",
        run: chained((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
      },
      { name: "rule", run: chained((chain) => chain.setHorizontalRule()) },
    ],
    [
      tableTool("rowAfter", "＋↓", (chain) => chain.addRowAfter()),
      tableTool("columnAfter", "＋→", (chain) => chain.addColumnAfter()),
      tableTool("deleteRow", "−↓", (chain) => chain.deleteRow()),
      tableTool("deleteColumn", "−→", (chain) => chain.deleteColumn()),
      tableTool("deleteTable", "✕", (chain) => chain.deleteTable()),
    ],
    [direction(null, "auto", "⇄"), direction("rtl", "rtl", "¶←"), direction("ltr", "ltr", "→¶")],
    [
      { name: "undo", sign: "↶", keys: "Mod+Z", run: chained((chain) => chain.undo()) },
      { name: "redo", sign: "↷", keys: "Mod+Shift+Z", run: chained((chain) => chain.redo()) },
    ],
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

export function toolbar(editor: Editor, words: EditorWords, dialogs: Dialogs): HTMLElement {
  const groups = toolGroups(dialogs).map((tools) =>
    tools.map((tool) => ({ tool, button: toolButton(tool, editor, words) })),
  );
  const language = languageMenu(editor, words);
  const bar = element(
    "div",
    { class: "editor-tools", role: "toolbar", "aria-label": words.toolbar },
    ...groups.map((group) => element("div", { class: "editor-group" }, ...group.map(({ button }) => button))),
    element("div", { class: "editor-group" }, language.select),
  );
  const show = (): void => {
    for (const { tool, button } of groups.flat()) showState(tool, button, editor);
    language.show();
  };
  editor.on("transaction", show);
  show();
  moveByArrows(bar, editor);
  return bar;
}

function toolButton(tool: Tool, editor: Editor, words: EditorWords): HTMLButtonElement {
  const name = words.tools[tool.name];
  const keys = tool.keys?.replace("Mod", /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl");
  const sign = tool.sign ?? words.short[tool.name as keyof EditorWords["short"]];
  const made = element(
    "button",
    {
      type: "button",
      class: `tool tool-${tool.name}`,
      title: keys === undefined ? name : `${name} (${keys})`,
      "aria-label": name,
      "data-tool": tool.name,
      tabindex: "-1",
    },
    sign,
  );
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => tool.run(editor));
  return made;
}

function showState({ isOn, isShown }: Tool, made: HTMLButtonElement, editor: Editor): void {
  if (isOn !== undefined) made.setAttribute("aria-pressed", String(isOn(editor)));
  if (isShown !== undefined) made.hidden = !isShown(editor);
}

/** What screen readers and typography go by where words in another language stand inside a text. */
function languageMenu(editor: Editor, words: EditorWords) {
  const select = element(
    "select",
    { "aria-label": words.language, title: words.language, tabindex: "-1" },
    element("option", { value: "" }, words.ownLanguage),
    ...languageTags.map((tag) => element("option", { value: tag, lang: tag }, nameOf(tag))),
  );
  select.addEventListener("change", () => {
    const chain = editor.chain().focus();
    if (select.value === "") chain.unsetMark("language", { extendEmptyMarkRange: true }).run();
    else chain.setMark("language", { lang: select.value }).run();
  });
  const show = (): void => {
    const lang = editor.getAttributes("language")["lang"] as unknown;
    select.value = typeof lang === "string" ? lang : "";
  };
  return { select, show };
}

/** Alt+F10 comes here from the text, Escape goes back. */
function moveByArrows(bar: HTMLElement, editor: Editor): void {
  const controls = (): HTMLElement[] => [
    ...bar.querySelectorAll<HTMLElement>("button:not([hidden]), select"),
  ];
  const stop = (at: HTMLElement | undefined): void => {
    for (const each of controls()) each.tabIndex = each === at ? 0 : -1;
  };
  stop(controls()[0]);
  bar.addEventListener("focusin", ({ target }) => stop(target as HTMLElement));
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") editor.commands.focus();
    const next = neighbour(controls(), event, getComputedStyle(bar).direction === "rtl");
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

function neighbour(
  controls: readonly HTMLElement[],
  event: KeyboardEvent,
  isRtl: boolean,
): HTMLElement | undefined {
  const forward = isRtl ? "ArrowLeft" : "ArrowRight";
  const backward = isRtl ? "ArrowRight" : "ArrowLeft";
  const at = controls.indexOf(document.activeElement as HTMLElement);
  if (event.key === forward) return controls[(at + 1) % controls.length];
  if (event.key === backward) return controls.at(at - 1);
  if (event.key === "Home") return controls[0];
  return event.key === "End" ? controls.at(-1) : undefined;
}

export function focusToolbar(bar: HTMLElement): void {
  bar.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}
