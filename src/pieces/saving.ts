/** Takes what the editor sends. Nothing is lost: who saves on what is no longer the newest makes a version beside it, and is told. */
import { z } from "zod";
import { Refusal } from "../web/answers.ts";
import { materialIn, mediaIn } from "./body.ts";
import type { SaveAnswer, SaveRequest } from "./editor/exchange.ts";
import type { Person } from "../web/route.ts";
import type { PiecesParts } from "./parts.ts";
import { contentSchema, type Revision, type Text } from "./piece.ts";
import { versionOf } from "./versions.ts";

/** A body of the longest that body.ts takes, in Arabic, is half of it. */
export const textBytesMax = 4 * 1024 * 1024;

const revisionId = z.string().min(1).max(40);

export const saveSchema = contentSchema.extend({ parent: revisionId, merges: revisionId.optional() });

/** Throws Refusal: 404 where there is no such text, 422 where it says that it was written on another one, or shows what isn't there. */
export function saveText(
  parts: PiecesParts,
  textId: string,
  request: SaveRequest,
  person: Person,
): SaveAnswer {
  const { id: by } = person;
  const { pieces, audit } = parts;
  const text = pieces.text(textId);
  if (text === undefined) throw new Refusal(404);
  requireWhole(parts, text, request, person);
  const { parent, merges, ...content } = request;
  const same = savedBefore(parts, text, request, by);
  if (same !== undefined) return answer(parts, text, same);
  const { revision } = pieces.saveRevision({ textId, parent, merges: merges ?? null, content, by });
  audit.note({ account: by, act: "text.save", subject: textId });
  return answer(parts, pieces.text(textId) ?? text, revision);
}

function answer(parts: PiecesParts, { workingRevision }: Text, saved: Revision): SaveAnswer {
  const { id: revision, createdAt: at } = saved;
  const working = parts.pieces.revision(workingRevision);
  if (revision === workingRevision || working === undefined) return { outcome: "saved", revision, at };
  return { outcome: "conflict", revision, at, theirs: versionOf(working, parts) };
}

function requireWhole(
  { pieces, pictures, material }: PiecesParts,
  { id }: Text,
  request: SaveRequest,
  person: Person,
): void {
  for (const named of [request.parent, request.merges]) {
    if (named !== undefined && pieces.revision(named)?.textId !== id) {
      throw new Refusal(422, "written on a revision of another text");
    }
  }
  if (materialIn(request.body).some((each) => material.material(each) === undefined)) {
    throw new Refusal(422, "it shows material that isn't there");
  }
  // Whoever could show a picture in a text of their own could see it there.
  const isHidden = (picture: string): boolean =>
    pictures.picture(picture) !== undefined && pictures.seenBy(person, picture) === undefined;
  if (mediaIn(request.body).some(isHidden))
    throw new Refusal(422, "it shows a picture that isn't theirs to see");
}

/** An answer that got lost on its way is asked for again by saving again; and what says nothing new makes no revision. */
function savedBefore(
  { pieces }: PiecesParts,
  { id, workingRevision }: Text,
  { parent, merges, ...content }: SaveRequest,
  by: string,
): Revision | undefined {
  const saysTheSame = ({ title, standfirst, body }: Revision): boolean =>
    Bun.deepEquals({ title, standfirst, body }, content);
  const working = pieces.revision(workingRevision);
  if (working?.id === parent && merges === undefined && saysTheSame(working)) return working;
  return [working, ...pieces.branchesOf(id)].find(
    (revision) =>
      revision?.parent === parent &&
      revision.merges === (merges ?? null) &&
      revision.createdBy === by &&
      saysTheSame(revision),
  );
}
