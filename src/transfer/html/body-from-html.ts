/** Somebody's HTML becomes a body that the editor could have written: nothing of the text is lost, nothing hostile is left. */
import { cleanText } from "../../language/clean.ts";
import { type Block, type Body, bodyLimits, bodySchema } from "../../pieces/body.ts";
import type { HtmlOptions } from "./context.ts";
import { parseTree } from "./parse.ts";
import { plainLines } from "./plain.ts";
import { Remarks } from "./remarks.ts";
import { blocksOf } from "./walk.ts";
import { BlockWriter } from "./writer.ts";

/** Markup takes room as well: four characters for each that a body may have. */
export const htmlLengthMax = 4 * bodyLimits.textCharacters;

export type BodyResult =
  | { readonly ok: true; readonly body: Body; readonly remarks: string }
  /** Why not even its plain text fits, as part of a sentence. */
  | { readonly ok: false; readonly reason: string };

/** The same input always gives the same body, ids included. Never throws, whatever the input. */
export function bodyFromHtml(html: string, options: HtmlOptions): BodyResult {
  if (html.length > htmlLengthMax)
    return { ok: false, reason: `it is longer than ${htmlLengthMax} characters` };
  const text = cleanText(html);
  const remarks = new Remarks();
  const tree = parseTree(text);
  const rich = tree === undefined ? undefined : accepted(blocksOf(tree, options, remarks));
  if (rich !== undefined) return { ok: true, body: rich, remarks: remarks.toString() };
  const plain = accepted(plainBlocks(text, options));
  if (plain === undefined)
    return {
      ok: false,
      reason: `its text is longer than a body may be (${bodyLimits.textCharacters} characters)`,
    };
  return { ok: true, body: plain, remarks: "markup too tangled or too long, only its text was kept" };
}

function accepted(content: Block[]): Body | undefined {
  const checked = bodySchema.safeParse({ version: 1, doc: { type: "doc", content } });
  return checked.success ? checked.data : undefined;
}

/** A paragraph for each line while there are few enough; then several lines to a paragraph, as breaks would take too much room. */
function plainBlocks(html: string, options: HtmlOptions): Block[] {
  const lines = plainLines(html);
  const linesEach = Math.ceil(lines.length / bodyLimits.blocks);
  const writer = new BlockWriter(options.language);
  lines.forEach((line, at) => {
    if (at % linesEach === 0) writer.endParagraph();
    writer.text(` ${line}`, []);
  });
  return writer.finish();
}
