/** Code in svg or XML: what is left of it once markup is read. */
import { decodeHTML } from "entities";
import { Tag, isLetter } from "./tag.ts";

const textsMax = 20;
const comment = /<!--(?:-?>|[\s\S]*?(?:--!?>|$))/y;
const section = /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/y;
const declaration = /<[!?/][^>]*(?:>|$)/y;

/** One text for each tag that may end it: its own does, and so does much of HTML. */
export function codeTexts(code: string): ReadonlySet<string> {
  const texts = new Set<string>();
  let text = "";
  let from = 0;
  while (from < code.length) {
    const less = code.indexOf("<", from);
    text += decodeHTML(code.slice(from, less < 0 ? code.length : less));
    if (less < 0) break;
    const { end, contents, name } = markupAt(code, less);
    if (name !== undefined && texts.size < textsMax) texts.add(text);
    if (name === "/script") return texts;
    text += contents;
    from = end;
  }
  return texts.add(text);
}

interface Skipped {
  readonly end: number;
  /** What of it is text. */
  readonly contents: string;
  /** Of a tag; with its "/". */
  readonly name?: string;
}

function markupAt(code: string, at: number): Skipped {
  const isEnd = code.charAt(at + 1) === "/";
  const nameAt = isEnd ? at + 2 : at + 1;
  if (isLetter(code.charCodeAt(nameAt))) {
    const tag = new Tag();
    const isWhole = tag.read(code, at, nameAt);
    return { end: isWhole ? tag.end : code.length, contents: "", name: (isEnd ? "/" : "") + tag.name };
  }
  for (const pattern of [comment, section, declaration]) {
    pattern.lastIndex = at;
    const found = pattern.exec(code);
    if (found !== null) return { end: pattern.lastIndex, contents: found[1] ?? "" };
  }
  return { end: at + 1, contents: "<" };
}
