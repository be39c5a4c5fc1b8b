/** What speaks against showing a revision to readers, as far as a program can tell: a translation that is none yet, pictures without words. */
import type { Pieces } from "./api.ts";
import { undescribedIn, wordsOf } from "./body.ts";
import type { Revision } from "./piece.ts";

export interface Objections {
  /** How much of a translation still says what its original says: title and body, or one of them. */
  readonly copied: "all" | "part" | undefined;
  /** Pictures that nobody has described, nor said of that they only decorate. */
  readonly undescribed: number;
}

export type Objection = "untranslated" | "half translated" | "undescribed";

export function objectionsTo(pieces: Pick<Pieces, "revision">, working: Revision): Objections {
  return { copied: copiedFrom(pieces, working), undescribed: undescribedIn(working.body) };
}

/** Compared by words: an editor may have given the blocks other ids, and directions of their own. */
function copiedFrom({ revision }: Pick<Pieces, "revision">, working: Revision): Objections["copied"] {
  const source = working.sourceRevision === null ? undefined : revision(working.sourceRevision);
  if (source === undefined) return undefined;
  const words = wordsOf(working.body);
  const isTitle = working.title === source.title;
  const isBody = words === wordsOf(source.body);
  if (isTitle && isBody) return "all";
  return isTitle || (isBody && words !== "") ? "part" : undefined;
}

/** The first that stands in the way. `insists`: whoever publishes was told, and means it; a mere copy isn't published all the same. */
export function firstObjection({ copied, undescribed }: Objections, insists: boolean): Objection | undefined {
  if (copied === "all") return "untranslated";
  if (insists) return undefined;
  if (copied === "part") return "half translated";
  return undescribed > 0 ? "undescribed" : undefined;
}
