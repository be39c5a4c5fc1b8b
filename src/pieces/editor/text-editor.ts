/** One body in an editor, to be changed or only read. */
import { Editor } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import { directionOf, type LanguageTag } from "../../language/tags.ts";
import type { Body } from "../body.ts";
import { bodyFrom, load, type Loaded } from "./document.ts";
import type { Opened } from "./exchange.ts";
import { insertPicture, materialView, pictureView, type Uploads } from "./picture.ts";
import { editorExtensions } from "./schema.ts";
import type { EditorWords } from "./words.ts";

export interface TextEditorOptions {
  readonly at: HTMLElement;
  readonly label: string;
  readonly body: Body;
  readonly language: LanguageTag;
  readonly words: EditorWords;
  readonly material: Opened["material"];
  /** Absent: only to be read. */
  readonly uploads?: Uploads;
}

export class TextEditor {
  readonly editor: Editor;
  readonly #language: LanguageTag;
  #kept: Loaded;

  constructor({ at, label, body, language, words, material, uploads }: TextEditorOptions) {
    this.#language = language;
    this.editor = new Editor({
      element: at,
      editable: uploads !== undefined,
      injectCSS: false,
      extensions: editorExtensions({
        newId,
        imageView: pictureView(words),
        materialView: materialView(words, material),
      }),
      editorProps: {
        attributes: {
          class: "body",
          role: uploads === undefined ? "document" : "textbox",
          ...(uploads !== undefined && { "aria-multiline": "true" }),
          "aria-label": label,
          lang: language,
          dir: directionOf(language),
          spellcheck: "true",
        },
        transformPastedHTML: withOurHeadings,
        handlePaste: (_view, event) => this.#takeFiles(event.clipboardData, uploads),
        handleDrop: (_view, event) => this.#takeFiles(event.dataTransfer, uploads),
      },
    });
    this.#kept = this.show(body);
  }

  /** Instead of what was there; not to be undone. */
  show(body: Body): Loaded {
    const { editor } = this;
    this.#kept = load(body, editor.schema, newId);
    const { doc } = this.#kept;
    editor.view.updateState(EditorState.create({ doc, plugins: editor.state.plugins }));
    return this.#kept;
  }

  body(): Body {
    return bodyFrom(this.editor.state.doc, this.#kept, directionOf(this.#language));
  }

  get doc(): EditorState["doc"] {
    return this.editor.state.doc;
  }

  /** Words that come with files are pasted as any others, before the pictures among them have come in. */
  #takeFiles(transfer: DataTransfer | null, uploads: Uploads | undefined): boolean {
    const files = [...(transfer?.files ?? [])];
    if (uploads === undefined || files.length === 0) return false;
    const { pictures, hasWords } = contentsOf(transfer?.getData("text/html") ?? "");
    uploads.add(hasWords ? files.slice(0, pictures) : files, (media) => insertPicture(this.editor, media));
    return !hasWords;
  }
}

/** A table from an office program brings a picture of itself, which stands nowhere in its words. */
function contentsOf(html: string): { readonly pictures: number; readonly hasWords: boolean } {
  // A document without a window loads nothing.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const unread of body.querySelectorAll("script, style")) unread.remove();
  return { pictures: body.querySelectorAll("img").length, hasWords: body.textContent.trim() !== "" };
}

/** A text's title is its first heading; below it there are three levels. */
function withOurHeadings(html: string): string {
  return html.replace(/(<\/?)h1\b/gi, "$1h2").replace(/(<\/?)h[56]\b/gi, "$1h4");
}

/** To be read only. */
export function showBody(options: Omit<TextEditorOptions, "uploads">): TextEditor {
  return new TextEditor(options);
}

/** 40 bits; block-attributes.ts sees to it that no two in a text are the same. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
