/** What a page says, as plain lines for people who decide about it: what is shown of somebody else's page where nothing of it may do anything. */
import type { DocumentKind } from "../guard/facts.ts";
import { type PageLines, pageLines } from "../guard/reading/page-lines.ts";
import { inert } from "../language/inert.ts";

export type { Line, PageLines as PageText } from "../guard/reading/page-lines.ts";

const limits = { linesMax: 400, lineLength: 400 } as const;

/** Undefined where it is no text: a picture, a font. `type`: the whole Content-Type. */
export function pageText(kind: DocumentKind, type: string, body: Uint8Array): PageLines | undefined {
  const page = pageLines(kind, type, body, limits);
  return (
    page && {
      ...page,
      lines: page.lines.map(({ kind: of, text }) => ({ kind: of, text: inert(text, limits.lineLength) })),
    }
  );
}
