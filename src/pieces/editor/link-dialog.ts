/** Asks where a link leads. Takes what a body takes (src/pieces/link.ts), and says what it doesn't. */
import type { Editor } from "@tiptap/core";
import { isLink } from "../link.ts";
import { button, element, labelled } from "./element.ts";
import type { EditorWords } from "./words.ts";

/** Returns what opens it. */
export function linkDialog(
  editor: Editor,
  { link: words }: EditorWords,
): { dialog: HTMLDialogElement; open: () => void } {
  const field = element("input", { type: "text", inputmode: "url", dir: "ltr", autocomplete: "off" });
  const fault = element("p", { class: "fault", role: "alert" });
  const remove = button(words.remove, () => finish(editor, dialog, null));
  const cancel = button(words.cancel, () => dialog.close());
  const form = element(
    "form",
    { method: "dialog" },
    labelled(words.address, field),
    element("p", { class: "hint" }, words.hint),
    fault,
    element(
      "div",
      { class: "actions" },
      element("button", { type: "submit", class: "button main" }, words.set),
      remove,
      cancel,
    ),
  );
  const dialog = element("dialog", { class: "editor-dialog", "aria-label": words.title }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = completed(field.value.trim());
    if (isLink(href)) finish(editor, dialog, href);
    else {
      fault.textContent = words.fault;
      field.setAttribute("aria-invalid", "true");
    }
  });
  const open = (): void => {
    const href = editor.getAttributes("link")["href"] as unknown;
    field.value = typeof href === "string" ? href : "";
    remove.hidden = field.value === "";
    fault.textContent = "";
    field.removeAttribute("aria-invalid");
    dialog.showModal();
    field.select();
  };
  return { dialog, open };
}

/** People paste `example.org/page`. */
function completed(typed: string): string {
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(\/\S*)?$/u.test(typed) ? `https://${typed}` : typed;
}

/** Without words under it, a link shows its own address. */
function finish(editor: Editor, dialog: HTMLDialogElement, href: string | null): void {
  dialog.close();
  const chain = editor.chain().focus().extendMarkRange("link");
  if (href === null) chain.unsetMark("link").run();
  else if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  } else chain.setMark("link", { href }).run();
}
