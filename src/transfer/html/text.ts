/** The bare words of a little HTML: titles, names, excerpts. */
import { cleanText } from "../../language/clean.ts";
import { unseenElements } from "./elements.ts";
import { parseTree, textBelow } from "./parse.ts";
import { plainLines } from "./plain.ts";

/** One line, entities resolved, tags gone. */
export function textOf(html: string): string {
  const tree = parseTree(html);
  const text = tree === undefined ? plainLines(html).join(" ") : textBelow(tree, unseenElements);
  return cleanText(text).replace(/\s+/g, " ").trim();
}
