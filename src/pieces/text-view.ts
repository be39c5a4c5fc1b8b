/** What the pages of one text show beside its words: read in one go, for one person. */
import { nameIn } from "../language/names.ts";
import type { Option } from "../web/components.tsx";
import type { SignedIn } from "../web/route.ts";
import { createDesk, slugToBe, type WorkflowStep } from "./desk.ts";
import type { MaterialCard } from "./editor/exchange.ts";
import { materialCards } from "./material-card.ts";
import { namesWritten } from "./naming.ts";
import { type Objections, objectionsTo } from "./objections.ts";
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
  readonly nowMs: number;
  readonly may: TextRights;
  /** Where readers find it, or found it: a whole address. */
  readonly address: string | null;
  /** As it is, or will be when it is first published. */
  readonly slug: string;
  /** Why it was sent back, as long as nobody has handed it in again. */
  readonly sentBack: WorkflowStep | undefined;
  /** To showing it to readers as it is now. */
  readonly objections: Objections;
  readonly corrections: readonly Correction[];
  /** Of the same piece, in other languages. */
  readonly others: readonly OtherLanguage[];
  /** What this text translates; undefined for an original, and where the person may not read that. */
  readonly original: Original | undefined;
  /** By id: of what it and its original show. */
  readonly material: Readonly<Record<string, MaterialCard>>;
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

export interface Original {
  readonly text: Text;
  /** The revision that was translated. */
  readonly revision: Revision;
  /** Id of what stands there now, where that is a newer one. */
  readonly newer: string | undefined;
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
  const original = originalOf(parts, visit, working);
  const bodies = original === undefined ? [working.body] : [working.body, original.revision.body];
  return {
    text,
    piece,
    working,
    state: stateOf(text, working),
    nowMs: clock.nowMs(),
    may: rightsOf(parts, visit, text, siblings),
    address: text.path === null ? null : publicAddress(piece.site, text.path, config),
    slug: slugToBe(parts, text),
    sentBack: sentBack(parts, text),
    objections: objectionsTo(pieces, working),
    corrections: pieces.correctionsOf(text.id),
    others: siblings
      .filter(({ id }) => id !== text.id)
      .map((other) => ({ text: other, title: pieces.revision(other.workingRevision)?.title ?? "" })),
    original,
    material: materialCards(parts, bodies, visit.language),
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

function originalOf(
  { database, pieces }: PiecesParts,
  { person }: SignedIn,
  { sourceRevision }: Revision,
): Original | undefined {
  const revision = sourceRevision === null ? undefined : pieces.revision(sourceRevision);
  const text = revision && pieces.text(revision.textId);
  if (revision === undefined || text === undefined) return undefined;
  const place = placeOfText(database, text.id);
  if (place === undefined || !person.may("read", place)) return undefined;
  const present = text.publishedRevision ?? text.workingRevision;
  return { text, revision, newer: present === revision.id ? undefined : present };
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
      label: names === null ? "" : nameIn(names, language).name,
    }));
}
