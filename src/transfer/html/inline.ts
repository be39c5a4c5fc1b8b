/** Elements inside a line that are more than emphasis: links, breaks, quotations, abbreviations, sources. */
import { interfaceOf, type LanguageTag } from "../../language/tags.ts";
import type { Mark } from "../../pieces/body.ts";
import type { Context, Handler } from "./context.ts";
import { runContext } from "./declared.ts";
import { unseenElements } from "./elements.ts";
import { safeLink } from "./links.ts";
import { holds, showsPicture } from "./media.ts";
import { attribute, type Element, hasClass, isElement, textBelow } from "./parse.ts";

const link: Handler = (walk, element, context) => {
  const written = attribute(element, "href")?.trim();
  const href = written?.startsWith("#") ? undefined : safeLink(written, walk.options.base);
  if (written !== undefined && href === undefined) walk.remarks.add(remarkOn(written));
  const marks = href === undefined ? context.marks : linkedTo(context, walk.options.link?.(href) ?? href);
  const inside = runContext(element, context, marks);
  // WordPress draws these as buttons beside the text before them.
  if (hasClass(element, "wp-block-file__button")) {
    return walk.writer.paragraphs(context.declared, () => walk.children(element, inside));
  }
  walk.children(element, inside);
  const isLost = href !== undefined && isPictureOnly(element) && !showsPicture(walk, href);
  if (isLost) walk.writer.text(href, inside.marks);
};

const lineBreak: Handler = (walk) => walk.writer.lineBreak();

/** Browsers draw the marks themselves; the editor's document has to hold them. */
const quotation: Handler = (walk, element, context) => {
  const [open, close] = quotationMarks(walk.options.language);
  const inside = runContext(element, context);
  walk.writer.text(open, inside.marks);
  walk.children(element, inside);
  walk.writer.text(close, inside.marks);
};

/** The long form was shown under a mouse only. It follows in brackets, once for each text. */
const abbreviation: Handler = (walk, element, context) => {
  const inside = runContext(element, context);
  walk.children(element, inside);
  const title = attribute(element, "title")?.trim() ?? "";
  if (title === "" || walk.memory.explained.has(title)) return;
  walk.writer.text(` (${title})`, inside.marks);
  walk.memory.explained.add(title);
};

/** After a quotation it names the source, on a line of its own. */
const citation: Handler = (walk, element, context) => {
  const others = context.marks.filter(({ type }) => type !== "italic");
  const inside = runContext(element, context, [...others, { type: "italic" }]);
  const write = (): void => walk.children(element, inside);
  const { parentNode } = element;
  const inQuote =
    parentNode !== null && isElement(parentNode) && ["blockquote", "figure"].includes(parentNode.tagName);
  if (inQuote) walk.writer.paragraphs(context.declared, write);
  else write();
};

export const inlineHandlers: ReadonlyMap<string, Handler> = new Map([
  ["a", link],
  ["br", lineBreak],
  ["q", quotation],
  ["abbr", abbreviation],
  ["acronym", abbreviation],
  ["cite", citation],
]);

/** The link comes first, so that runs with the same marks are found the same. */
function linkedTo(context: Context, href: string): readonly Mark[] {
  return [{ type: "link", attrs: { href } }, ...context.marks.filter(({ type }) => type !== "link")];
}

/** A picture carries no link in the editor's document, so the address has to be written out. */
function isPictureOnly(element: Element): boolean {
  return holds(element, "img") && textBelow(element, unseenElements).trim() === "";
}

function remarkOn(href: string): string {
  if (href === "") return "empty link dropped";
  return href.startsWith("#") ? "link inside the page dropped" : "link of a forbidden or broken kind removed";
}

function quotationMarks(language: LanguageTag): readonly [string, string] {
  switch (interfaceOf(language)) {
    case "ar":
      return ["«", "»"];
    case "fr":
      return ["«\u00a0", "\u00a0»"];
    case "en":
      return ["“", "”"];
  }
}
