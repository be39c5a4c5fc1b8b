/** Takes the steps of publication.ts and keeps the addresses that they give away. */
import type { Database } from "bun:sqlite";
import { rfc3339 } from "../base/clock.ts";
import { assert } from "../base/errors.ts";
import { withdrawPictures } from "../media/rows.ts";
import { isSlug } from "../language/slug.ts";
import { pathOf } from "./path.ts";
import { type Correction, correctionSchema, type Piece, type Text } from "./piece.ts";
import { afterStep, faultOf, type Step } from "./publication.ts";
import { isShownElsewhere, picturesOnlyIn } from "./published.ts";
import { findPiece, findRevision, findText, textsWhere, updateText } from "./rows.ts";
import type { Pieces, PiecesOptions, Stepped } from "./api.ts";

type PublicationStore = Pick<
  Pieces,
  | "publish"
  | "schedule"
  | "unschedule"
  | "makePrivate"
  | "withdraw"
  | "publishDue"
  | "changeSlug"
  | "addCorrection"
  | "correctionsOf"
>;

/** How many numbers are tried behind a slug that is taken. */
const slugNumbersMax = 100;

export function publicationStore(database: Database, { clock, timeZone }: PiecesOptions): PublicationStore {
  const take = (textId: string, step: Step): Stepped =>
    database.transaction(() => takeStep(database, textId, step, { nowMs: clock.nowMs(), timeZone }))();
  const publish = (textId: string, at?: string): Stepped =>
    take(textId, { to: "published", at: rfc3339(at === undefined ? clock.nowMs() : Date.parse(at)) });
  return {
    publish,
    schedule: (textId, forAt) => take(textId, { to: "scheduled", for: rfc3339(Date.parse(forAt)) }),
    unschedule: (textId) => take(textId, { to: "none" }),
    makePrivate: (textId) => take(textId, { to: "private" }),
    withdraw: (textId) => take(textId, { to: "withdrawn" }),
    publishDue: () =>
      textsWhere(database, "scheduled_for <= ? ORDER BY scheduled_for, id", rfc3339(clock.nowMs())).map(
        ({ id, scheduledFor }) => ({ textId: id, result: publish(id, scheduledFor ?? undefined) }),
      ),
    changeSlug: (textId, slug) => database.transaction(() => changeSlug(database, textId, slug, timeZone))(),
    addCorrection(textId, correction) {
      const { kind, at, note } = correctionSchema.parse(correction);
      database
        .query("INSERT INTO correction (text_id, kind, at, note) VALUES (?, ?, ?, ?)")
        .run(textId, kind, at, note);
    },
    correctionsOf: (textId) =>
      database
        .query<Correction, [string]>(
          "SELECT kind, at, note FROM correction WHERE text_id = ? ORDER BY at, id",
        )
        .all(textId),
  };
}

function takeStep(
  database: Database,
  textId: string,
  step: Step,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): Stepped {
  const text = findText(database, textId);
  if (text === undefined) return { outcome: "refused", reason: "no such text" };
  const ready = findRevision(database, text.workingRevision)?.workflow === "ready";
  const fault = faultOf(text, step, { ready, nowMs });
  if (fault !== undefined) return { outcome: "refused", reason: fault };
  if (step.to === "withdrawn") withdrawShown(database, textId);
  if (step.to !== "published" || text.path !== null) {
    return stored(database, afterStep(text, step, { nowMs, firstPath: "" }));
  }
  const piece = pieceOf(database, text);
  const firstPath = freePath(database, piece, { ...text, publishedAt: step.at }, timeZone);
  if (firstPath === undefined) return { outcome: "refused", reason: "no free address" };
  claim(database, piece.site, firstPath, text.id);
  return stored(database, afterStep(text, step, { nowMs, firstPath }));
}

/** In the same step, so that no picture of a withdrawn text is left to be shown again. */
function withdrawShown(database: Database, textId: string): void {
  withdrawPictures(database, picturesOnlyIn(database, textId), (id) =>
    isShownElsewhere(database, id, textId),
  );
}

function stored(database: Database, text: Text): Stepped {
  updateText(database, text);
  return { outcome: "done", text };
}

function changeSlug(database: Database, textId: string, slug: string, timeZone: string): Stepped {
  assert(isSlug(slug), `changing a slug: "${slug}" is not one`);
  const text = findText(database, textId);
  if (text === undefined) return { outcome: "refused", reason: "no such text" };
  if (text.publication === "withdrawn") return { outcome: "refused", reason: "no such step" };
  const renamed = { ...text, slug };
  if (text.path === null || text.slug === slug) return stored(database, renamed);
  const piece = pieceOf(database, text);
  const path = freePath(database, piece, renamed, timeZone);
  if (path === undefined) return { outcome: "refused", reason: "no free address" };
  database.query("UPDATE address SET own = 0 WHERE text_id = ? AND own = 1").run(text.id);
  claim(database, piece.site, path, text.id);
  return stored(database, { ...renamed, path });
}

/** The path by the text's slug, else with a number behind it. An address that once led to this text is free for it. */
function freePath(database: Database, piece: Piece, text: Text, timeZone: string): string | undefined {
  const taken = database.query(
    "SELECT 1 FROM address WHERE site = ? AND path = ? AND query = '' AND text_id IS NOT ?",
  );
  const { publishedAt, language } = text;
  assert(publishedAt, "a path needs a date of first publication");
  for (let number = 1; number <= slugNumbersMax; number += 1) {
    const slug = number === 1 ? text.slug : `${text.slug}-${number}`;
    const path = pathOf({ kind: piece.kind, language, slug, publishedAt, timeZone });
    if (path !== undefined && taken.get(piece.site, path, text.id) === null) return path;
  }
  return undefined;
}

function claim(database: Database, site: string, path: string, textId: string): void {
  database
    .query(
      `INSERT INTO address (site, path, query, own, text_id) VALUES (?, ?, '', 1, ?)
       ON CONFLICT (site, path, query) DO UPDATE SET own = 1`,
    )
    .run(site, path, textId);
}

function pieceOf(database: Database, text: Text): Piece {
  const piece = findPiece(database, "id", text.pieceId);
  assert(piece, `text ${text.id} belongs to a piece`);
  return piece;
}
