/** Finding a text, and starting a new one. */
import { z } from "zod";
import { ulid } from "../base/ulid.ts";
import { languageTags } from "../language/tags.ts";
import { page, readForm, seeOther } from "../web/answers.ts";
import { formBytesMax, type PersonRoute, type SignedIn } from "../web/route.ts";
import { FoldedTitles } from "./folded-titles.ts";
import { type ListFilter, listStates, readList } from "./list.ts";
import { ListPage } from "./page-list.tsx";
import { type NewFault, NewPage, type NewValues } from "./page-new.tsx";
import type { PiecesParts } from "./parts.ts";
import { contentSchema, pieceKinds } from "./piece.ts";
import { allPlaces, mayStart, placeOptions, placeValue } from "./place.ts";
import { startText } from "./start-text.ts";

export function listRoutes(parts: PiecesParts): PersonRoute[] {
  const titles = new FoldedTitles(parts.database);
  return [
    { method: "GET", path: "/", access: "signed in", handle: (visit) => showList(visit, parts, titles) },
    {
      method: "GET",
      path: "/texts/new",
      access: { act: "write", at: "anywhere" },
      handle: (visit) => showNew(visit, parts),
    },
    {
      method: "POST",
      path: "/texts",
      access: { act: "write", at: "anywhere" },
      handle: (visit) => start(visit, parts),
    },
  ];
}

/** What isn't understood is left out: a filter is no place for an error. */
const filterSchema = z.object({
  state: z.enum(listStates).optional().catch(undefined),
  language: z.enum(languageTags).optional().catch(undefined),
  section: z.string().min(1).max(200).optional().catch(undefined),
  title: z.string().trim().min(1).max(200).optional().catch(undefined),
  mine: z
    .literal("yes")
    .transform(() => true)
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

function showList(visit: SignedIn, { database }: PiecesParts, titles: FoldedTitles): Response {
  const filter: ListFilter = filterSchema.parse(Object.fromEntries(visit.url.searchParams));
  return page(
    ListPage({
      visit,
      filter,
      list: readList({ database, titles }, visit.person, filter),
      sections: placeOptions(database, visit.language, (place) => visit.person.may("read", place)),
    }),
  );
}

function showNew(visit: SignedIn, parts: PiecesParts): Response {
  const { clock, random, config } = parts;
  const { languages } = config.site;
  const language = languages.find((each) => each === visit.language) ?? languages[0] ?? "ar";
  return newPage(visit, parts, { title: "", kind: "story", place: "", language, once: ulid(clock, random) });
}

function newPage(visit: SignedIn, parts: PiecesParts, values: NewValues, fault?: NewFault): Response {
  const places = placeOptions(parts.database, visit.language, (place) => mayStart(visit.person, place));
  const { languages } = parts.config.site;
  return page(NewPage({ visit, values, fault, places, languages }), fault === undefined ? 200 : 422);
}

const newSchema = z.object({
  title: z.string().max(5_000).default(""),
  kind: z.enum(pieceKinds),
  /** `portal/rif`, or `portal/` for no section. */
  place: z.string().max(200),
  language: z.enum(languageTags),
  /** Of the page that was sent, so that a form that is sent twice starts one text. */
  once: z.string().regex(/^[0-9A-Z]{26}$/),
});

async function start(visit: SignedIn, parts: PiecesParts): Promise<Response> {
  const values = await readForm(visit, newSchema, formBytesMax);
  const title = contentSchema.shape.title.safeParse(values.title);
  const place = allPlaces(parts.database).find((each) => placeValue(each) === values.place);
  if (place === undefined || !mayStart(visit.person, place)) return newPage(visit, parts, values, "place");
  if (!title.success) return newPage(visit, parts, values, "title");
  const { id } = startText(parts, visit.person, { ...values, ...place, title: title.data });
  return seeOther(`/texts/${id}`);
}
