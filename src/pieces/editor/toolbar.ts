/** The editor's buttons. One tab stop; arrows move inside (WAI-ARIA practices, "toolbar"). */
import type { Editor } from "@tiptap/core";
import { languageTags, nameOf } from "../../language/tags.ts";
import { element } from "./element.ts";
import { type Dialogs, type Tool, toolGroups } from "./tools.ts";
import type { EditorWords } from "./words.ts";

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
  // The sign is drawn by the style sheet: a name that is read out shouldn't differ from words that are seen.
  const made = element("button", {
    type: "button",
    class: `tool tool-${tool.name}`,
    title: keys === undefined ? name : `${name} (${keys})`,
    "aria-label": name,
    "data-tool": tool.name,
    "data-sign": sign,
    tabindex: "-1",
  });
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
