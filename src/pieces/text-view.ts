/** What the pages of one text show beside its words: read in one go. */
import type { PiecesParts } from "./parts.ts";
import type { Piece, Revision, Text } from "./piece.ts";
import { placeOfText, type TextPlace } from "./place.ts";
import type { TextState } from "./state-words.ts";

export interface TextView {
  readonly text: Text;
  readonly piece: Piece;
  readonly place: TextPlace;
  readonly working: Revision;
  readonly state: TextState;
  readonly timeZone: string;
}

/** Undefined where there is no such text. */
export function viewText({ database, pieces, config }: PiecesParts, textId: string): TextView | undefined {
  return database.transaction(() => {
    const text = pieces.text(textId);
    const piece = text && pieces.piece(text.pieceId);
    const working = text && pieces.revision(text.workingRevision);
    const place = placeOfText(database, textId);
    if (text === undefined || piece === undefined || working === undefined || place === undefined) return;
    const { publication, scheduledFor, publishedRevision } = text;
    const isNewer = publishedRevision !== null && publishedRevision !== working.id;
    const state = { publication, scheduledFor, workflow: working.workflow, isNewer };
    return { text, piece, place, working, state, timeZone: config.site.time_zone };
  })();
}
