/** What stands around the words of a text: section, tags, bylines, notes on what was wrong, other languages. */
import { z } from "zod";
import { rfc3339 } from "../base/clock.ts";
import { slugFrom } from "../language/slug.ts";
import { languageTags, type LanguageTag } from "../language/tags.ts";
import { readForm, Refusal, seeOther } from "../web/answers.ts";
import { formBytesMax, type PersonRoute, type SignedIn } from "../web/route.ts";
import { type Acting, actRoute, reachIf } from "./act.ts";
import { named, namesMax, namesOf, namesTyped } from "./naming.ts";
import type { Outcome } from "./notices.ts";
import type { PiecesParts } from "./parts.ts";
import { correctionSchema, type Piece } from "./piece.ts";
import { allPlaces, atText, mayStart, placeOfPiece } from "./place.ts";
import { reachReaders } from "./readers.ts";

/** On one text; whoever needs more writes it anew. */
const correctionsMax = 100;

export function detailsRoutes(parts: PiecesParts): PersonRoute[] {
  return [
    actRoute(parts, {
      path: "details",
      act: "write",
      schema: detailsSchema,
      perform: (acting) => changeDetails(parts, acting),
    }),
    actRoute(parts, {
      path: "corrections",
      act: "publish",
      schema: correctionSchema.pick({ kind: true, note: true }),
      perform: (acting) => correct(parts, acting),
    }),
    {
      method: "POST",
      path: "/texts/:text/translations",
      access: { act: "read", at: atText(parts.database) },
      handle: (visit) => translate(parts, visit),
    },
    actRoute(parts, {
      path: "original",
      act: "write",
      schema: z.object({ revision: z.string().max(40), original: z.string().max(40) }),
      perform: (acting) => catchUp(parts, acting),
    }),
  ];
}

const detailsSchema = z.object({
  /** Slug, or nothing for no section. */
  section: z
    .string()
    .max(200)
    .transform((slug) => (slug === "" ? null : slug)),
  tags: z.string().max(5_000),
  bylines: z.string().max(5_000),
});
type Details = z.infer<typeof detailsSchema>;

async function changeDetails(
  parts: PiecesParts,
  { text, form, visit, note }: Acting<Details>,
): Promise<Outcome> {
  const { database, pieces } = parts;
  const piece = pieces.piece(text.pieceId);
  if (piece === undefined) throw new Refusal(404);
  const isPublic = pieces.textsOf(piece.id).some(({ publication }) => publication === "published");
  const makesNames = requireRights(parts, visit, piece, { isPublic, section: form.section });
  const [tags, bylines] = [namesTyped(form.tags), namesTyped(form.bylines)];
  if (tags.length > namesMax || bylines.length > namesMax) return { notice: "too many" };
  const unknown = database.transaction(() => {
    const tagged = tagSlugs(parts, piece, tags, makesNames ? text.language : undefined);
    const signed = bylineIds(parts, bylines, makesNames ? text.language : undefined);
    pieces.changePiece(piece.id, { section: form.section, tags: tagged.known, bylines: signed.known });
    return tagged.unknown + signed.unknown;
  })();
  note("text.details");
  const readers = await reachIf(isPublic, parts);
  return { notice: unknown > 0 ? "unknown names" : "saved", readers };
}

/** True where the person may give new names. What readers see already, only an editor changes. Throws Refusal. */
function requireRights(
  { database }: PiecesParts,
  { person }: SignedIn,
  { id, site, section: now }: Piece,
  { isPublic, section }: { readonly isPublic: boolean; readonly section: string | null },
): boolean {
  const from = placeOfPiece(database, id);
  const to = allPlaces(database).find((place) => place.site === site && place.section === section);
  if (to === undefined) throw new Refusal(422, "there is no such section");
  const act = isPublic ? "publish" : "write";
  const places = section === now ? [from] : [from, { ...to, by: from?.by ?? null }];
  if (!places.every((place) => place !== undefined && person.may(act, place))) throw new Refusal(403);
  return from !== undefined && person.may("publish", from);
}

interface Found {
  readonly known: string[];
  readonly unknown: number;
}

/** New ones are made where `language` is given: the one that their names are most likely in. */
function tagSlugs(
  { pieces }: PiecesParts,
  { site }: Piece,
  names: readonly string[],
  language: LanguageTag | undefined,
): Found {
  const all = pieces.tags(site);
  const slugs = names.map((name) => {
    const found = named(all, name)?.slug;
    if (found !== undefined || language === undefined) return found;
    const tag = { site, slug: slugFrom(name), names: namesOf(name, language) };
    pieces.addTag(tag);
    return tag.slug;
  });
  return counted(slugs);
}

function bylineIds(
  { people }: PiecesParts,
  names: readonly string[],
  language: LanguageTag | undefined,
): Found {
  const all = people.bylines();
  const ids = names.map((name) => {
    const found = named(all, name)?.id;
    if (found !== undefined || language === undefined) return found;
    return people.addByline({ slug: slugFrom(name), names: namesOf(name, language) }).byline.id;
  });
  return counted(ids);
}

function counted(found: readonly (string | undefined)[]): Found {
  const known = found.filter((each) => each !== undefined);
  return { known, unknown: found.length - known.length };
}

/** A form that is sent twice notes it once. */
async function correct(
  parts: PiecesParts,
  { text, form, note }: Acting<{ readonly kind: "correction" | "update"; readonly note: string }>,
): Promise<Outcome> {
  const { pieces, clock } = parts;
  if (text.publication !== "published") return { notice: "not public" };
  const noted = pieces.correctionsOf(text.id);
  if (noted.some((each) => each.kind === form.kind && each.note === form.note)) {
    return { notice: "already so", readers: await reachReaders(parts) };
  }
  if (noted.length >= correctionsMax) return { notice: "too many" };
  pieces.addCorrection(text.id, { ...form, at: rfc3339(clock.nowMs()) });
  note("text.correct", form.kind);
  return { notice: "corrected", readers: await reachReaders(parts) };
}

const translationSchema = z.object({ language: z.enum(languageTags) });

/** Begins with the words of the original, which then stand there to be replaced; remembers which revision they are of. */
async function translate(parts: PiecesParts, visit: SignedIn): Promise<Response> {
  const { language } = await readForm(visit, translationSchema, formBytesMax);
  const { pieces, audit } = parts;
  const source = pieces.text(visit.params["text"] ?? "");
  const piece = source && pieces.piece(source.pieceId);
  const original = source && pieces.revision(source.publishedRevision ?? source.workingRevision);
  if (piece === undefined || original === undefined) throw new Refusal(404);
  if (!mayStart(visit.person, piece)) throw new Refusal(403);
  const { title, standfirst, body } = original;
  const { text, added } = pieces.addText({
    pieceId: piece.id,
    language,
    content: { title, standfirst, body },
    sourceRevision: original.id,
    by: visit.person.id,
  });
  if (added) audit.note({ account: visit.person.id, act: "text.translate", subject: text.id });
  return seeOther(`/texts/${text.id}`);
}

interface CatchUpForm {
  readonly revision: string;
  /** The revision of the original that the translator compared with. */
  readonly original: string;
}

/** The words stay as they are: whoever translates says that they now follow a newer version of the original. */
function catchUp({ pieces }: PiecesParts, { text, form, visit, note }: Acting<CatchUpForm>): Outcome {
  if (text.workingRevision !== form.revision) return { notice: "changed meanwhile" };
  const working = pieces.revision(form.revision);
  const before = pieces.revision(working?.sourceRevision ?? "");
  const original = pieces.revision(form.original);
  if (working === undefined || before === undefined || original?.textId !== before.textId)
    throw new Refusal(404);
  if (before.id === original.id) return { notice: "already so" };
  const { title, standfirst, body, workflow } = working;
  pieces.saveRevision({
    textId: text.id,
    parent: working.id,
    content: { title, standfirst, body },
    workflow,
    sourceRevision: original.id,
    by: visit.person.id,
  });
  note("text.save");
  return { notice: "saved" };
}
