/** The page on which somebody writes: fields and body together, what of it is saved, and what is said when it can't be. */
import { formatOf, isLanguageTag, interfaceOf, type InterfaceLanguage } from "../../language/tags.ts";
import type { Content } from "../piece.ts";
import { conflictPanel } from "./conflict.ts";
import { button, element } from "./element.ts";
import { ids, type Opened, type SaveRequest, type Unsaved, type Version } from "./exchange.ts";
import { Lending } from "./lending.ts";
import { linkDialog } from "./link-dialog.ts";
import { insertPicture, undescribed, Uploads } from "./picture.ts";
import { Said } from "./said.ts";
import { send, type Sent } from "./sending.ts";
import { TextEditor } from "./text-editor.ts";
import { focusToolbar, toolbar } from "./toolbar.ts";
import { type EditorWords, words as allWords } from "./words.ts";

/** Elements that the server has put there. */
export interface Places {
  readonly form: HTMLFormElement;
  readonly title: HTMLInputElement | HTMLTextAreaElement;
  readonly standfirst: HTMLInputElement | HTMLTextAreaElement;
  readonly body: HTMLElement;
}

class Writing {
  readonly #opened: Opened;
  readonly #places: Places;
  readonly #language: InterfaceLanguage = spoken();
  readonly #words: EditorWords = allWords[spoken()];
  readonly #text: TextEditor;
  readonly #state = element("p", { class: "editor-state", role: "status" });
  readonly #count = element("p", { class: "editor-count" });
  readonly #said: Said;
  /** The revision that the next save is written on. */
  #parent: string;
  /** What it takes in, after two people saved at the same time. */
  #merges: string | undefined;
  #saved: Content;
  readonly #lending: Lending;
  #isSaving = false;

  constructor(opened: Opened, places: Places) {
    this.#opened = opened;
    this.#places = places;
    this.#parent = opened.theirs?.revision ?? opened.mine.revision;
    this.#merges = opened.theirs === null ? undefined : opened.mine.revision;
    this.#said = new Said(this.#words);
    const uploads = new Uploads(this.#words);
    this.#text = new TextEditor({
      at: places.body,
      label: this.#words.body,
      body: opened.mine.body,
      language: opened.language,
      words: this.#words,
      material: opened.material,
      uploads,
    });
    this.#saved = this.#content();
    this.#lending = new Lending(this.#path("/unsaved"), () => this.#request(this.#content()));
    this.#furnish(uploads);
    this.#listen();
    this.#showState(this.#words.state.saved(this.#timeOf(opened.mine.at)));
    if (opened.theirs !== null) this.#showConflict(opened.theirs);
    else if (opened.unsaved !== null) this.#offer(opened.unsaved);
    else this.#invite();
  }

  /** Who has just started a text goes on typing; where something is said about it, that comes first. */
  #invite(): void {
    const { editor } = this.#text;
    // At once: what they type before the next picture on the screen would go nowhere.
    if (editor.isEmpty && location.search === "") editor.view.focus();
  }

  #furnish(uploads: Uploads): void {
    const { form, body } = this.#places;
    const { editor } = this.#text;
    const link = linkDialog(editor, this.#words);
    const chooser = element("input", {
      type: "file",
      accept: "image/*",
      multiple: true,
      hidden: true,
      "aria-label": this.#words.tools.picture,
    });
    chooser.addEventListener("change", () => {
      uploads.add(chooser.files ?? [], (media) => insertPicture(editor, media));
      chooser.value = "";
    });
    const bar = toolbar(editor, this.#words, { link: link.open, picture: () => chooser.click() });
    body.before(this.#said.area, bar, uploads.area);
    body.after(this.#count, this.#state, chooser);
    // A form of its own.
    form.after(link.dialog);
    form.hidden = false;
    body.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "F10") focusToolbar(bar);
      else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") link.open();
      else return;
      event.preventDefault();
    });
  }

  #listen(): void {
    const { form, title, standfirst } = this.#places;
    for (const field of [title, standfirst]) field.addEventListener("input", () => this.#changed());
    this.#text.editor.on("update", () => this.#changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      void this.save();
    });
    document.addEventListener("submit", (event) => void this.#saveBeforeActing(event));
    document.addEventListener("click", (event) => void this.#saveBeforeLooking(event));
    addEventListener("beforeunload", (event) => {
      if (this.#isChanged()) event.preventDefault();
    });
    this.#showCount();
  }

  #content(): Content {
    const { title, standfirst } = this.#places;
    return { title: title.value, standfirst: standfirst.value, body: this.#text.body() };
  }

  /** Blocks that nobody touched are the same objects, so this compares what was touched only. */
  #isChanged(): boolean {
    const { title, standfirst, body } = this.#content();
    const before = this.#saved;
    if (title !== before.title || standfirst !== before.standfirst) return true;
    return body !== before.body && JSON.stringify(body) !== JSON.stringify(before.body);
  }

  #changed(): void {
    this.#showState(this.#words.state.unsaved);
    this.#showCount();
    this.#lending.soon();
  }

  /** What stands beside the text acts on what is saved: who publishes means the words that they see. */
  async #saveBeforeActing(event: SubmitEvent): Promise<void> {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.closest(`#${ids.panel}`) === null) return;
    if (!this.#isChanged()) return;
    event.preventDefault();
    if (!(await this.save())) return;
    const revision = form.elements.namedItem("revision");
    if (revision instanceof HTMLInputElement) revision.value = this.#parent;
    form.requestSubmit(submitter);
  }

  /** A preview shows what is saved. */
  async #saveBeforeLooking(event: MouseEvent): Promise<void> {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPreview = link !== null && new URL(link.href).pathname === this.#path("/preview");
    if (!isPreview || event.ctrlKey || event.metaKey || !this.#isChanged()) return;
    event.preventDefault();
    if (await this.save()) location.assign(link.href);
  }

  /** False where it isn't saved as the newest version; the page then says why. */
  async save(): Promise<boolean> {
    const { title } = this.#places;
    if (title.value.trim() === "") {
      this.#said.tell("bad", this.#words.faults.title);
      title.focus();
      return false;
    }
    if (this.#isSaving) return false;
    this.#isSaving = true;
    this.#lending.stop();
    this.#showState(this.#words.state.saving);
    const content = this.#content();
    const sent = await send(this.#path("/revisions"), this.#request(content));
    this.#isSaving = false;
    this.#take(sent, content);
    return sent.outcome === "saved";
  }

  #request(content: Content): SaveRequest {
    const merges = this.#merges;
    return { ...content, parent: this.#parent, ...(merges !== undefined && { merges }) };
  }

  #take(sent: Sent, content: Content): void {
    switch (sent.outcome) {
      case "saved":
        this.#parent = sent.revision;
        this.#merges = undefined;
        this.#keep(content, sent.at);
        void this.#refresh();
        return;
      case "conflict":
        this.#parent = sent.theirs.revision;
        this.#merges = sent.revision;
        this.#keep(content, sent.at);
        this.#showConflict(sent.theirs);
        return;
      default:
        this.#showState(this.#words.state.unsaved);
        this.#said.fault(sent, () => void this.save());
    }
  }

  #keep(content: Content, at: string): void {
    this.#saved = content;
    this.#said.clear();
    const isStill = !this.#isChanged();
    this.#showState(isStill ? this.#words.state.saved(this.#timeOf(at)) : this.#words.state.unsaved);
  }

  #showConflict(theirs: Version): void {
    const { language, timeZone, material } = this.#opened;
    const panel = conflictPanel({
      theirs,
      language,
      timeZone,
      material,
      interface: this.#language,
      words: this.#words,
      onTakeMine: () => void this.save(),
      onTakeTheirs: () => this.#takeTheirs(theirs),
    });
    this.#said.show(panel);
    panel.querySelector("h2")?.focus();
  }

  /** One's own stays in the history, taken in by what is saved now. */
  #takeTheirs(theirs: Version): void {
    this.#show(theirs);
    void this.save();
  }

  #offer(unsaved: Unsaved): void {
    const { found, restore, discard } = this.#words.recovery;
    this.#said.tell(
      "warning",
      found(this.#timeOf(unsaved.at)),
      button(restore, () => this.#restore(unsaved)),
      button(discard, () => {
        this.#said.clear();
        this.#lending.discard();
      }),
    );
  }

  /** Written on the revision that was there then: what others saved since stays beside it. */
  #restore(unsaved: Unsaved): void {
    this.#parent = unsaved.parent;
    this.#merges = unsaved.merges;
    this.#show(unsaved);
    this.#said.clear();
    this.#changed();
  }

  #show({ title, standfirst, body }: Content): void {
    this.#places.title.value = title;
    this.#places.standfirst.value = standfirst;
    this.#text.show(body);
  }

  #showState(words: string): void {
    const missing = undescribed(this.#text.doc);
    const also = missing === 0 ? "" : ` ${this.#words.picture.undescribed(missing)}`;
    if (this.#state.textContent !== words + also) this.#state.textContent = words + also;
  }

  #showCount(): void {
    const { doc } = this.#text;
    const found = doc.textBetween(0, doc.content.size, " ", " ").match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu);
    this.#count.textContent = this.#words.words(found?.length ?? 0);
  }

  #timeOf(at: string): string {
    const { timeZone } = this.#opened;
    return new Intl.DateTimeFormat(formatOf(this.#language), { timeStyle: "short", timeZone }).format(
      new Date(at),
    );
  }

  /** What stands around the text speaks of its newest revision. */
  async #refresh(): Promise<void> {
    const response = await fetch(this.#path(), { headers: { accept: "text/html" } });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of [ids.panel, ids.before]) {
      const [shown, next] = [document, fresh].map((page) => page.getElementById(id));
      if (shown && next) shown.replaceWith(document.adoptNode(next));
    }
  }

  #path(below = ""): string {
    return `/texts/${encodeURIComponent(this.#opened.text)}${below}`;
  }
}

export function startWriting(opened: Opened, places: Places): Writing {
  return new Writing(opened, places);
}

/** By the page: whoever reads the studio in Arabic is told in Arabic. */
function spoken(): InterfaceLanguage {
  const { lang } = document.documentElement;
  return isLanguageTag(lang) ? interfaceOf(lang) : "en";
}
