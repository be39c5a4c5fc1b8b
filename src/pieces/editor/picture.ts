/** Pictures in the editor: how they come in, how they look there, and the words that belong to each. */
import type { Editor, NodeViewRenderer, NodeViewRendererProps } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { directionOf } from "../../language/tags.ts";
import { button, element, labelled } from "./element.ts";
import type { MaterialCard, Opened } from "./exchange.ts";
import type { EditorWords } from "./words.ts";

const altCharactersMax = 2_000;

/** Sends each file to the newsroom; what it refuses is said in words, below the tools. */
export class Uploads {
  /** Where progress and refusals show. */
  readonly area = element("div", { class: "editor-uploads", role: "status" });
  readonly #words: EditorWords["picture"];
  #before: Promise<void> = Promise.resolve();

  constructor({ picture }: EditorWords) {
    this.#words = picture;
  }

  /**
   * One after the other: the newsroom takes few at a time from one person. Files that are no pictures are sent as well: it knows
   * best, and says why not.
   */
  add(files: Iterable<File>, insert: (media: string) => void): void {
    for (const file of files) this.#before = this.#before.then(() => this.#send(file, insert));
  }

  async #send(file: File, insert: (media: string) => void): Promise<void> {
    const progress = element("progress", { max: "1", "aria-label": this.#words.loading(file.name) });
    const line = element("p", {}, this.#words.loading(file.name), " ", progress);
    this.area.append(line);
    const {
      id,
      note,
      error = this.#words.unreachable,
    } = await sent(file, (share) => (progress.value = share));
    line.remove();
    if (id === undefined) this.#say(this.#words.failed(file.name, error), "fault");
    else insert(id);
    if (note !== undefined) this.#say(this.#words.noted(file.name, note));
  }

  /** Until somebody has read it. */
  #say(sentence: string, tone?: "fault"): void {
    const line = element("p", { class: tone }, sentence, " ");
    line.append(button(this.#words.dismiss, () => line.remove()));
    this.area.append(line);
  }
}

interface Answer {
  readonly id?: string;
  readonly error?: string;
  /** What became of it that its sender may not expect. */
  readonly note?: string;
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

/** Behind what is marked: whoever goes on writing while it comes in must not lose that. */
export function insertPicture(editor: Editor, media: string): void {
  editor.commands.insertContentAt(editor.state.selection.to, { type: "image", attrs: { media, alt: null } });
}

/** Pictures whose description nobody has given, nor said that they need none. */
export function undescribed(doc: Node): number {
  let count = 0;
  doc.descendants((node) => {
    const { alt, decorative } = node.attrs;
    if (node.type.name === "image" && !alt && decorative !== true) count += 1;
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
    // Asked for at once, as soon as it stands in the page.
    if (node.attrs["alt"] === null && editor.isEditable) setTimeout(() => fields.first.focus());
    return {
      dom,
      update: (next) => {
        if (next.type.name !== "image" || pictureOf(next) !== pictureOf(node)) return false;
        fields.show(next);
        return true;
      },
      stopEvent: ({ target }) => target instanceof HTMLInputElement || target instanceof HTMLButtonElement,
      ignoreMutation: () => true,
    };
  };
}

/** What the view shows, as against what its fields say. */
function pictureOf({ attrs: { media, source } }: Node): string {
  return JSON.stringify([media, source]);
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
  const set = (attributes: Readonly<Record<string, string | boolean | null>>): void => {
    const at = getPos();
    if (at === undefined) return;
    const { tr } = editor.state;
    for (const [name, value] of Object.entries(attributes)) tr.setNodeAttribute(at, name, value);
    editor.view.dispatch(tr);
  };
  const alt = textField((value) => set({ alt: value || null }));
  const caption = textField((value) => set({ caption: value || null }));
  const decorates = element("input", { type: "checkbox" });
  decorates.addEventListener("change", () => {
    set(decorates.checked ? { alt: "", decorative: true } : { alt: alt.value || null, decorative: null });
  });
  const show = ({ attrs }: Node): void => {
    decorates.checked = attrs["decorative"] === true;
    alt.disabled = decorates.checked;
    // What was written stays in sight, for who changes their mind.
    if (!decorates.checked) showIn(alt, attrs["alt"]);
    showIn(caption, attrs["caption"]);
  };
  show(node);
  const elements = [
    labelled(words.alt, alt),
    element("p", { class: "hint" }, words.altHint),
    element("label", { class: "check" }, decorates, element("span", {}, words.decorates)),
    labelled(words.caption, caption),
    button(words.remove, () => removeBlock(editor, getPos())),
  ];
  return { elements, first: alt, show };
}

/** Also after undo; setting what stands there already would move the cursor. */
function showIn(field: HTMLInputElement, value: unknown): void {
  const words = typeof value === "string" ? value : "";
  if (field.value !== words) field.value = words;
}

function textField(onInput: (value: string) => void): HTMLInputElement {
  const field = element("input", { type: "text", dir: "auto", maxlength: String(altCharactersMax) });
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
export function materialView({ material: words }: EditorWords, cards: Opened["material"]): NodeViewRenderer {
  return ({ node, editor, getPos }) => ({
    dom: element(
      "div",
      {
        class: "editor-material",
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        contenteditable: "false",
        "data-drag-handle": true,
      },
      ...cardLines(cards[String(node.attrs["material"])], words.name),
      ...(editor.isEditable ? [button(words.remove, () => removeBlock(editor, getPos()))] : []),
    ),
    stopEvent: ({ target }) => target instanceof HTMLButtonElement,
    ignoreMutation: () => true,
  });
}

/** `unknown`: for one that came here from another text. */
function cardLines(card: MaterialCard | undefined, unknown: string): HTMLElement[] {
  if (card === undefined) return [element("p", {}, unknown)];
  const { kind, state, meaning, claim, language } = card;
  return [
    element("p", {}, `${kind} · `, element("strong", {}, state)),
    element("p", { lang: language, dir: directionOf(language) }, claim),
    element("p", { class: "hint" }, meaning),
  ];
}
