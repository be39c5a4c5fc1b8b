/** The last resort for markup that is too tangled for a tree: its text, a line for each block, in one pass without nesting. */
import { type Token, Tokenizer, TokenizerMode } from "parse5";
import { blockElements, headingLevelOf } from "./elements.ts";

/** Elements whose content is not markup: the tokenizer has to be told, as the tree builder would. */
const rawElements: ReadonlyMap<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = new Map([
  ["script", TokenizerMode.SCRIPT_DATA],
  ["style", TokenizerMode.RAWTEXT],
  ["iframe", TokenizerMode.RAWTEXT],
  ["noembed", TokenizerMode.RAWTEXT],
  ["noframes", TokenizerMode.RAWTEXT],
  ["title", TokenizerMode.RCDATA],
]);

const otherLineEnds: ReadonlySet<string> = new Set(
  "br hr blockquote ul ol table tr td th pre figure".split(" "),
);

/** Never empty lines; whitespace inside a line is one space. */
export function plainLines(html: string): string[] {
  const pieces: string[] = [];
  let unseen = 0;
  const characters = ({ chars }: Token.CharacterToken): void => {
    if (unseen === 0) pieces.push(chars);
  };
  const tag = ({ tagName }: Token.TagToken): void => {
    if (endsLine(tagName)) pieces.push("\n");
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onCharacter: characters,
      onWhitespaceCharacter: characters,
      onNullCharacter() {},
      onComment() {},
      onDoctype() {},
      onEof() {},
      onStartTag(token) {
        tag(token);
        const mode = rawElements.get(token.tagName);
        if (mode === undefined) return;
        unseen = 1;
        tokenizer.state = mode;
      },
      onEndTag(token) {
        tag(token);
        if (rawElements.has(token.tagName)) unseen = 0;
      },
    },
  );
  tokenizer.write(html, true);
  return pieces
    .join("")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

function endsLine(tagName: string): boolean {
  return blockElements.has(tagName) || headingLevelOf.has(tagName) || otherLineEnds.has(tagName);
}
