/** A new piece with its first text, as a draft with nothing but a title. */
import { ulid } from "../base/ulid.ts";
import type { LanguageTag } from "../language/tags.ts";
import type { Person } from "../web/route.ts";
import type { Body } from "./body.ts";
import type { PiecesParts } from "./parts.ts";
import type { PieceKind, SiteName, Text } from "./piece.ts";

export interface Start {
  readonly site: SiteName;
  readonly section: string | null;
  readonly kind: PieceKind;
  readonly language: LanguageTag;
  readonly title: string;
  /** The same one again, by the same person, starts nothing more. */
  readonly once: string;
}

export function startText(
  parts: PiecesParts,
  person: Person,
  { site, section, kind, language, title, once }: Start,
): Text {
  const { database, pieces, audit } = parts;
  const { text, added } = database.transaction(() => {
    const { piece } = pieces.addPiece({ site, kind, section, origin: `studio:${person.id}/${once}` });
    const content = { title, standfirst: "", body: emptyBody(parts) };
    return pieces.addText({ pieceId: piece.id, language, content, by: person.id });
  })();
  if (added) audit.note({ account: person.id, act: "text.start", subject: text.id });
  return text;
}

/** One paragraph to write in. */
function emptyBody({ clock, random }: PiecesParts): Body {
  return {
    version: 1,
    doc: { type: "doc", content: [{ type: "paragraph", attrs: { id: ulid(clock, random) } }] },
  };
}
