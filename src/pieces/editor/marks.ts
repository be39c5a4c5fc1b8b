/** Marks of the editor that a body may hold: what TipTap's own would keep beyond that (targets, classes) is never there. */
import { Mark } from "@tiptap/core";
import { isLink } from "../link.ts";

/** As in the body's schema: BCP 47, roughly. */
const languageCode = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export function languageOf(element: HTMLElement): string | null {
  const lang = element.getAttribute("lang");
  return lang !== null && lang.length <= 35 && languageCode.test(lang) ? lang : null;
}

export function directionOfElement(element: HTMLElement): "rtl" | "ltr" | "auto" | null {
  const dir = element.getAttribute("dir");
  return dir === "rtl" || dir === "ltr" || dir === "auto" ? dir : null;
}

export const Link = Mark.create({
  name: "link",
  priority: 1_000,
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const href = element.getAttribute("href") ?? "";
        return isLink(href) ? { href } : false;
      },
    },
  ],
  renderHTML: ({ mark, HTMLAttributes }) => [
    "a",
    // A body that was checked has no other; whatever else came in shows as a link to nowhere.
    { ...HTMLAttributes, href: isLink(String(mark.attrs["href"])) ? String(mark.attrs["href"]) : null },
    0,
  ],
});

/** A run of words in another language or direction than its block. */
export const Language = Mark.create({
  name: "language",
  addAttributes: () => ({
    lang: { default: null, parseHTML: languageOf },
    dir: { default: null, parseHTML: directionOfElement },
  }),
  parseHTML: () => [
    { tag: "span[lang]", getAttrs: (element) => languageOf(element) !== null && null },
    { tag: "span[dir]", getAttrs: (element) => directionOfElement(element) !== null && null },
  ],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

/** TipTap's own refuses every other mark beside it; imported texts have bold code. */
export const Code = Mark.create({
  name: "code",
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: "code" }],
  renderHTML: ({ HTMLAttributes }) => ["code", { ...HTMLAttributes, dir: "ltr" }, 0],
  addKeyboardShortcuts() {
    return { "Mod-e": () => this.editor.commands.toggleMark(this.name) };
  },
});

export const Subscript = Mark.create({
  name: "subscript",
  excludes: "superscript subscript",
  parseHTML: () => [{ tag: "sub" }],
  renderHTML: ({ HTMLAttributes }) => ["sub", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { "Mod-,": () => this.editor.commands.toggleMark(this.name) };
  },
});

export const Superscript = Mark.create({
  name: "superscript",
  excludes: "superscript subscript",
  parseHTML: () => [{ tag: "sup" }],
  renderHTML: ({ HTMLAttributes }) => ["sup", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { "Mod-.": () => this.editor.commands.toggleMark(this.name) };
  },
});
