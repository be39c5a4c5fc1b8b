/** The words of some blocks, to see in which script they are written. */
import { type Block, wordsOf } from "../../pieces/body.ts";

export function wordsOfBlocks(content: readonly Block[]): string {
  return wordsOf({ version: 1, doc: { type: "doc", content } });
}
