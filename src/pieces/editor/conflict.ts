/** Somebody else saved meanwhile: who and when, their version to read beside one's own, and the three ways on. */
import { directionOf, formatOf, type InterfaceLanguage, type LanguageTag } from "../../language/tags.ts";
import { button, element, freshId } from "./element.ts";
import type { Opened, Version } from "./exchange.ts";
import { showBody } from "./text-editor.ts";
import type { EditorWords } from "./words.ts";

export interface ConflictOptions {
  readonly theirs: Version;
  readonly language: LanguageTag;
  readonly timeZone: string;
  readonly interface: InterfaceLanguage;
  readonly words: EditorWords;
  readonly material: Opened["material"];
  readonly onTakeMine: () => void;
  readonly onTakeTheirs: () => void;
}

export function conflictPanel(options: ConflictOptions): HTMLElement {
  const { theirs, words } = options;
  const heading = element("h2", { id: freshId("conflict"), tabindex: "-1" }, words.conflict.title);
  const merging = element("p", { role: "status" });
  const actions = element(
    "div",
    { class: "actions" },
    button(words.conflict.takeMine, options.onTakeMine),
    button(words.conflict.takeTheirs, options.onTakeTheirs),
    button(words.conflict.merge, () => (merging.textContent = words.conflict.merging)),
  );
  return element(
    "section",
    { class: "editor-conflict notice warning", "aria-labelledby": heading.id },
    heading,
    element("p", {}, words.conflict.happened(theirs.by ?? words.conflict.somebody, when(theirs.at, options))),
    element("p", {}, words.conflict.what),
    versionShown(options),
    actions,
    merging,
  );
}

function versionShown({ theirs, language, words, material }: ConflictOptions): HTMLElement {
  const body = element("div");
  showBody({ at: body, label: words.conflict.theirs, body: theirs.body, language, words, material });
  return element(
    "details",
    { open: true, class: "editor-theirs" },
    element("summary", {}, words.conflict.theirs),
    element(
      "div",
      { lang: language, dir: directionOf(language) },
      element("p", { class: "editor-theirs-title" }, theirs.title),
      element("p", {}, theirs.standfirst),
      body,
    ),
  );
}

function when(at: string, { interface: language, timeZone }: ConflictOptions): string {
  const style = { dateStyle: "long", timeStyle: "short", timeZone } as const;
  return new Intl.DateTimeFormat(`${formatOf(language)}-u-ca-gregory`, style).format(new Date(at));
}
