/** What the pages of one text show beside its words: read in one go, for one person. */
import { nameIn, type Names } from "../language/names.ts";
import type { Option } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { type Block, blocksIn } from "./body.ts";
import { createDesk, slugToBe, type WorkflowStep } from "./desk.ts";
import { namesWritten } from "./naming.ts";
import type { PiecesParts } from "./parts.ts";
import type { Correction, Piece, Revision, Text } from "./piece.ts";
import { allPlaces, mayStart, placeOfPiece, placeOfText } from "./place.ts";
import { publicAddress } from "./public-address.ts";
import type { TextState } from "./state-words.ts";

export interface TextView {
  readonly text: Text;
  readonly piece: Piece;
  readonly working: Revision;
  readonly state: TextState;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly may: TextRights;
  /** Where readers find it, or found it: a whole address. */
  readonly address: string | null;
  /** As it is, or will be when it is first published. */
  readonly slug: string;
  /** Why it was sent back, as long as nobody has handed it in again. */
  readonly sentBack: WorkflowStep | undefined;
  /** Pictures that say nothing to who can't see them. */
  readonly silentPictures: number;
  readonly corrections: readonly Correction[];
  /** Of the same piece, in other languages. */
  readonly others: readonly OtherLanguage[];
  /** The text that this one translates has changed since. */
  readonly isSourceNewer: boolean;
  readonly sections: readonly Option[];
  /** Between commas. */
  readonly tags: string;
  readonly bylines: string;
}

/** What every part of a text's page is handed. */
export interface ShownText {
  readonly visit: SignedIn;
  readonly view: TextView;
}

export interface TextRights {
  readonly write: boolean;
  readonly publish: boolean;
  /** Change section, tags and bylines, which belong to all languages of the piece. */
  readonly details: boolean;
  readonly translate: boolean;
}

export interface OtherLanguage {
  readonly text: Text;
  readonly title: string;
}

/** Undefined where there is no such text. */
export function viewText(parts: PiecesParts, visit: SignedIn, textId: string): TextView | undefined {
  return parts.database.transaction(() => {
    const text = parts.pieces.text(textId);
    const piece = text && parts.pieces.piece(text.pieceId);
    const working = text && parts.pieces.revision(text.workingRevision);
    return text && piece && working && viewOf(parts, visit, { text, piece, working });
  })();
}

type Whole = Pick<TextView, "text" | "piece" | "working">;

function viewOf(parts: PiecesParts, visit: SignedIn, { text, piece, working }: Whole): TextView {
  const { people, pieces, clock, config } = parts;
  const siblings = pieces.textsOf(piece.id);
  const bylines = people.bylines();
  return {
    text,
    piece,
    working,
    state: stateOf(text, working),
    timeZone: config.site.time_zone,
    nowMs: clock.nowMs(),
    may: rightsOf(parts, visit, text, siblings),
    address: text.path === null ? null : publicAddress(piece.site, text.path, config),
    slug: slugToBe(parts, text),
    sentBack: sentBack(parts, text),
    silentPictures: working.body.doc.content.reduce((sum, block) => sum + silentPictures(block), 0),
    corrections: pieces.correctionsOf(text.id),
    others: siblings
      .filter(({ id }) => id !== text.id)
      .map((other) => ({ text: other, title: pieces.revision(other.workingRevision)?.title ?? "" })),
    isSourceNewer: isSourceNewer(parts, working),
    sections: sectionOptions(parts, visit, piece),
    tags: namesWritten(
      piece.tags.flatMap((slug) => pieces.tags(piece.site).find((tag) => tag.slug === slug) ?? []),
      visit.language,
    ),
    bylines: namesWritten(
      piece.bylines.flatMap((id) => bylines.find((byline) => byline.id === id) ?? []),
      visit.language,
    ),
  };
}

function stateOf({ publication, scheduledFor, publishedRevision }: Text, working: Revision): TextState {
  const isNewer = publishedRevision !== null && publishedRevision !== working.id;
  return { publication, scheduledFor, workflow: working.workflow, isNewer };
}

function rightsOf(
  { database }: PiecesParts,
  { person }: SignedIn,
  text: Text,
  siblings: readonly Text[],
): TextRights {
  const place = placeOfText(database, text.id);
  const whole = placeOfPiece(database, text.pieceId);
  if (place === undefined || whole === undefined) {
    return { write: false, publish: false, details: false, translate: false };
  }
  const isPublic = siblings.some(({ publication }) => publication === "published");
  return {
    write: person.may("write", place),
    publish: person.may("publish", place),
    details: person.may("write", place) && person.may(isPublic ? "publish" : "write", whole),
    translate: mayStart(person, whole),
  };
}

function sentBack(parts: PiecesParts, { id }: Text): WorkflowStep | undefined {
  const last = createDesk(parts).stepsOf(id)[0];
  return last === undefined || last.reason === "" ? undefined : last;
}

function silentPictures(block: Block): number {
  if (block.type === "image") return block.attrs.alt === "" ? 1 : 0;
  return blocksIn(block).reduce((sum, inner) => sum + silentPictures(inner), 0);
}

function isSourceNewer({ pieces }: PiecesParts, { sourceRevision }: Revision): boolean {
  const source = sourceRevision === null ? undefined : pieces.revision(sourceRevision);
  const text = source && pieces.text(source.textId);
  return text !== undefined && (text.publishedRevision ?? text.workingRevision) !== sourceRevision;
}

/** Of the piece's site: its own, and those to which the person may move it. */
function sectionOptions({ database }: PiecesParts, { person, language }: SignedIn, piece: Piece): Option[] {
  return allPlaces(database)
    .filter(({ site, section }) => {
      const place = { site, section, by: placeOfPiece(database, piece.id)?.by ?? null };
      return site === piece.site && (section === piece.section || person.may("write", place));
    })
    .map(({ section, names }) => ({
      value: section ?? "",
      label: names === null ? "" : nameIn(JSON.parse(names) as Names, language).name,
    }));
}
