/** Pictures in the editor: how they come in, how they look there, and the words that belong to each. */
import type { Editor, NodeViewRenderer, NodeViewRendererProps } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { button, element, labelled } from "./element.ts";
import type { EditorWords } from "./words.ts";

const altCharactersMax = 2_000;

/** Sends each file to the newsroom; what it refuses is said in words, below the tools. */
export class Uploads {
  /** Where progress and refusals show. */
  readonly area = element("div", { class: "editor-uploads", role: "status" });
  readonly #words: EditorWords["picture"];

  constructor({ picture }: EditorWords) {
    this.#words = picture;
  }

  /** Files that are no pictures are sent as well: the newsroom knows best, and says why not. */
  add(files: Iterable<File>, insert: (media: string) => void): void {
    for (const file of files) void this.#send(file, insert);
  }

  async #send(file: File, insert: (media: string) => void): Promise<void> {
    const progress = element("progress", { max: "1", "aria-label": this.#words.loading(file.name) });
    const line = element("p", {}, this.#words.loading(file.name), " ", progress);
    this.area.append(line);
    const { id, error = this.#words.unreachable } = await sent(file, (share) => (progress.value = share));
    line.remove();
    if (id === undefined) this.#refused(this.#words.failed(file.name, error));
    else insert(id);
  }

  #refused(reason: string): void {
    const line = element("p", { class: "fault" }, reason, " ");
    line.append(button(this.#words.dismiss, () => line.remove()));
    this.area.append(line);
  }
}

interface Answer {
  readonly id?: string;
  readonly error?: string;
}

/** `fetch` can't tell how much of a body has gone. `{}`: no answer. */
function sent(file: File, onProgress: (share: number) => void): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const request = new XMLHttpRequest();
  request.open("POST", "/pictures");
  request.responseType = "json";
  request.setRequestHeader("accept", "application/json");
  request.setRequestHeader("content-type", file.type || "application/octet-stream");
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / Math.max(1, total)));
  request.addEventListener("loadend", () => resolve((request.response as Answer | null) ?? {}));
  request.send(file);
  return promise;
}

export function insertPicture(editor: Editor, media: string): void {
  editor
    .chain()
    .focus()
    .insertContent({ type: "image", attrs: { media, alt: null } })
    .run();
}

/** Pictures whose description nobody has given, nor said that they need none. */
export function undescribed(doc: Node): number {
  let count = 0;
  doc.descendants((node) => {
    if (node.type.name === "image" && node.attrs["alt"] === null) count += 1;
  });
  return count;
}

export function pictureView({ picture: words }: EditorWords): NodeViewRenderer {
  return (props) => {
    const { node, editor } = props;
    const fields = pictureFields(props, words);
    const dom = element(
      "figure",
      { class: "editor-picture", dir: "auto", contenteditable: "false", "data-drag-handle": true },
      shown(node, words),
      ...(editor.isEditable ? fields.elements : [element("figcaption", {}, captionOf(node))]),
    );
    // Asked for at once; ProseMirror has its own focus first.
    if (node.attrs["alt"] === null && editor.isEditable) setTimeout(() => fields.first.focus());
    return {
      dom,
      update: (next) => next.type.name === "image" && next.attrs["media"] === node.attrs["media"],
      stopEvent: ({ target }) => target instanceof HTMLInputElement || target instanceof HTMLButtonElement,
      ignoreMutation: () => true,
    };
  };
}

/** One from another site is named, not loaded: that would tell its host who writes about it. */
function shown(node: Node, words: EditorWords["picture"]): HTMLElement {
  const { media, source, alt } = node.attrs;
  if (typeof media === "string") {
    return element("img", { src: `/pictures/${encodeURIComponent(media)}`, alt: String(alt ?? "") });
  }
  return element("p", {}, words.elsewhere, " ", element("bdi", {}, String(source)));
}

function captionOf({ attrs: { alt, caption } }: Node): string {
  return [alt, caption].filter((each) => typeof each === "string" && each !== "").join(" · ");
}

function pictureFields({ node, editor, getPos }: NodeViewRendererProps, words: EditorWords["picture"]) {
  const set = (name: "alt" | "caption", value: string | null): void => {
    const at = getPos();
    if (at !== undefined) editor.view.dispatch(editor.state.tr.setNodeAttribute(at, name, value));
  };
  const { alt, caption } = node.attrs;
  const altField = textField(alt, (value) => set("alt", value === "" ? null : value));
  const captionField = textField(caption, (value) => set("caption", value === "" ? null : value));
  const decorates = element("input", { type: "checkbox", checked: alt === "" });
  const showChoice = (): void => {
    altField.disabled = decorates.checked;
  };
  decorates.addEventListener("change", () => {
    showChoice();
    set("alt", decorates.checked ? "" : altField.value || null);
  });
  showChoice();
  const elements = [
    labelled(words.alt, altField),
    element("p", { class: "hint" }, words.altHint),
    element("label", { class: "check" }, decorates, element("span", {}, words.decorates)),
    labelled(words.caption, captionField),
    button(words.remove, () => removeBlock(editor, getPos())),
  ];
  return { elements, first: altField };
}

function textField(value: unknown, onInput: (value: string) => void): HTMLInputElement {
  const field = element("input", { type: "text", dir: "auto", maxlength: String(altCharactersMax) });
  field.value = typeof value === "string" ? value : "";
  field.addEventListener("input", () => onInput(field.value));
  return field;
}

function removeBlock(editor: Editor, at: number | undefined): void {
  const node = at === undefined ? null : editor.state.doc.nodeAt(at);
  if (at === undefined || node === null) return;
  editor.view.dispatch(editor.state.tr.delete(at, at + node.nodeSize));
  editor.commands.focus();
}

/** Citizens' material: a card that can be moved and taken out. */
export function materialView({ material: words }: EditorWords): NodeViewRenderer {
  return ({ editor, getPos }) => ({
    dom: element(
      "div",
      { class: "editor-material", dir: "auto", contenteditable: "false", "data-drag-handle": true },
      element("p", {}, words.name),
      ...(editor.isEditable ? [button(words.remove, () => removeBlock(editor, getPos()))] : []),
    ),
    stopEvent: ({ target }) => target instanceof HTMLButtonElement,
    ignoreMutation: () => true,
  });
}
