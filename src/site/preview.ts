/**
 * A text as readers will get it, before they do: the public templates, fed with the site as it is now and the text as it was
 * last saved. Nothing of it is kept.
 */
import { type Clock, rfc3339 } from "../base/clock.ts";
import { typeset } from "../language/typography.ts";
import type { Material } from "../material/material.ts";
import type { Pictures } from "../media/store.ts";
import type { Pieces } from "../pieces/api.ts";
import { materialIn } from "../pieces/body.ts";
import type { Piece, Revision, Text } from "../pieces/piece.ts";
import type { Page, Renderer, Source } from "../publishing/rendering.ts";
import type { Summary, WholeText } from "./facts.ts";
import { type Place, placeKey, textFormPath } from "./place.ts";

export interface PreviewParts {
  readonly pieces: Pieces;
  readonly pictures: Pick<Pictures, "picture">;
  /** The site around the text. */
  readonly source: () => Source;
  readonly clock: Clock;
}

/** Reading the whole site takes longer than rendering one page of it: what stands around a text may be so old. */
const surroundingsMs = 5_000;

export function recentSource(read: () => Source, clock: Clock): () => Source {
  let recent: { readonly source: Source; readonly atMs: number } | undefined;
  return () => {
    const nowMs = clock.nowMs();
    if (recent === undefined || nowMs >= recent.atMs + surroundingsMs) {
      recent = { source: read(), atMs: nowMs };
    }
    return recent.source;
  };
}

export const previewForms = ["page", "text"] as const;
export type PreviewForm = (typeof previewForms)[number];

/** Undefined where there is no such text. */
export function previewOf(
  parts: PreviewParts,
  renderer: Renderer,
  { textId, form }: { readonly textId: string; readonly form: PreviewForm },
): Page | undefined {
  const { pieces } = parts;
  const text = pieces.text(textId);
  const piece = text && pieces.piece(text.pieceId);
  const working = text && pieces.revision(text.workingRevision);
  if (text === undefined || piece === undefined || working === undefined) return undefined;
  const present = parts.source();
  const draft = draftOf(parts, present, { text, piece, working });
  const path = form === "page" ? draft.path : textFormPath(draft.path);
  const overlay = overlaid(parts, draft, path, form);
  return renderer.render({ site: piece.site, path }, (key) => overlay(key) ?? present.value(key));
}

/** What stands before the present site: the draft, where it will stand, and pictures that no published text shows yet. */
function overlaid({ pictures }: PreviewParts, draft: WholeText, path: string, form: PreviewForm) {
  const { id, site } = draft;
  const place: Place = { kind: form === "page" ? "text" : "text form", id };
  const values = new Map<string, unknown>([
    [placeKey(site, path), place],
    [`text:${id}`, draft],
    [`summary:${id}`, draft],
  ]);
  return (key: string): unknown =>
    key.startsWith("picture:") ? pictures.picture(key.slice("picture:".length)) : values.get(key);
}

interface Drafted {
  readonly text: Text;
  readonly piece: Piece;
  readonly working: Revision;
}

/** As it would be if it were published this moment. */
function draftOf(
  { pieces, clock }: PreviewParts,
  present: Source,
  { text, piece, working }: Drafted,
): WholeText {
  const { id, language } = text;
  const now = rfc3339(clock.nowMs());
  const replaces = text.publishedRevision !== null && text.publishedRevision !== working.id;
  return {
    id,
    language,
    site: piece.site,
    kind: piece.kind,
    section: piece.section,
    tags: piece.tags,
    bylines: piece.bylines,
    path: text.path ?? `/${language}/preview/${id}`,
    title: typeset(working.title, language),
    standfirst: typeset(working.standfirst, language),
    body: working.body,
    revision: working.id,
    publishedAt: text.publishedAt ?? now,
    revisedAt: replaces ? now : text.revisedAt,
    corrections: pieces.correctionsOf(id),
    verification: verificationOf(working, present),
    translations: pieces
      .textsOf(piece.id)
      .map((other) => other.id)
      .filter((other) => other !== id && present.value(`summary:${other}`) !== undefined),
  };
}

function verificationOf({ body }: Revision, present: Source): Summary["verification"] {
  const shown = materialIn(body).map((each) => present.value(`material:${each}`) as Material | undefined);
  return [...new Set(shown.flatMap((material) => material?.state ?? []))];
}
