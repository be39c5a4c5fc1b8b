/** Adding, renaming and ordering what has names: readers see it at once, so it is published with it. */
import { z } from "zod";
import { nameLengthMax, type Names, namesSchema } from "../language/names.ts";
import { slugFrom } from "../language/slug.ts";
import { languageTags } from "../language/tags.ts";
import { page, readForm, Refusal, seeOther } from "../web/answers.ts";
import { formBytesMax, type PersonRoute, type SignedIn } from "../web/route.ts";
import {
  addressOfName,
  findNamed,
  languagesFor,
  mayAdd,
  mayRename,
  nameAt,
  type NameAt,
  type NamedThing,
  nameKinds,
  type NameKind,
} from "./names.ts";
import { addressWith, type Outcome } from "./notices.ts";
import { NamePage, NamesPage } from "./page-names.tsx";
import type { PiecesParts } from "./parts.ts";
import { type SiteName, siteNames } from "./piece.ts";
import { reachReaders } from "./readers.ts";

/** Some publish in one section only: what each name allows is looked at when it is known which one it is. */
const access = { act: "publish", at: "anywhere" } as const;

export function namesRoutes(parts: PiecesParts): PersonRoute[] {
  return [
    { method: "GET", path: "/names", access, handle: (visit) => showNames(parts, visit) },
    { method: "POST", path: "/names", access, handle: (visit) => add(parts, visit) },
    { method: "GET", path: "/names/:kind/:site/:key", access, handle: (visit) => showName(parts, visit) },
    { method: "POST", path: "/names/:kind/:site/:key", access, handle: (visit) => rename(parts, visit) },
    { method: "POST", path: "/names/:kind/:site/:key/up", access, handle: (visit) => moveUp(parts, visit) },
  ];
}

function showNames(parts: PiecesParts, visit: SignedIn): Response {
  const { pieces, people } = parts;
  const things = [
    ...siteNames.flatMap((site) => pieces.sections(site).map((each) => named("sections", site, each))),
    ...siteNames.flatMap((site) => pieces.tags(site).map((each) => named("tags", site, each))),
    ...people.bylines().map(({ id, names }) => named("bylines", null, { slug: id, names })),
  ];
  return page(NamesPage({ visit, things, languages: languagesFor({}, parts) }));
}

function named(
  kind: NameKind,
  site: SiteName | null,
  { slug, names }: { readonly slug: string; readonly names: Names },
): NamedThing {
  return { kind, site, key: slug, names };
}

function showName(parts: PiecesParts, visit: SignedIn): Response {
  const thing = thingFor(parts, visit);
  return page(NamePage({ visit, thing, languages: languagesFor(thing.names, parts) }));
}

/** Throws Refusal where there is none, or where it isn't this person's to change. */
function thingFor(parts: PiecesParts, { params, person }: SignedIn): NamedThing {
  const at = nameAt(params);
  const thing = at && findNamed(parts, at);
  if (thing === undefined) throw new Refusal(404);
  if (!mayRename(person, thing)) throw new Refusal(403);
  return thing;
}

const addSchema = z.object({
  kind: z.enum(nameKinds),
  name: z.string().trim().max(nameLengthMax),
  language: z.enum(languageTags),
  site: z.enum(siteNames),
});

async function add(parts: PiecesParts, visit: SignedIn): Promise<Response> {
  const { kind, name, language, site } = await readForm(visit, addSchema, formBytesMax);
  if (!mayAdd(visit.person, { kind, site })) throw new Refusal(403);
  const slug = slugFrom(name);
  if (slug === "") return seeOther(addressWith("/names", { notice: "no name" }));
  const at = kind === "bylines" ? null : site;
  const added = addNamed(parts, { kind, site: at, key: slug, names: { [language]: name } });
  if (added) parts.audit.note({ account: visit.person.id, act: "names.add", subject: slug, detail: kind });
  return seeOther(addressWith("/names", { notice: added ? "added" : "already so" }));
}

function addNamed({ pieces, people }: PiecesParts, { kind, site, key: slug, names }: NamedThing): boolean {
  if (site === null) return people.addByline({ slug, names }).added;
  return kind === "sections"
    ? pieces.addSection({ site, slug, names }).added
    : pieces.addTag({ site, slug, names }).added;
}

const renameSchema = z.partialRecord(z.enum(languageTags), z.string().max(500));

async function rename(parts: PiecesParts, visit: SignedIn): Promise<Response> {
  const thing = thingFor(parts, visit);
  const typed = await readForm(visit, renameSchema, formBytesMax);
  const filled = Object.entries(typed).filter(([, name]) => name.trim() !== "");
  const names = namesSchema.safeParse(Object.fromEntries(filled));
  if (!names.success) return seeOther(addressWith(addressOfName(thing), { notice: "no name" }));
  renameNamed(parts, { ...thing, names: names.data });
  return await publishNamed(parts, visit, thing, "names.rename");
}

function renameNamed({ pieces, people }: PiecesParts, { kind, site, key: slug, names }: NamedThing): void {
  if (site === null) people.rename(slug, names);
  else if (kind === "sections") pieces.renameSection({ site, slug, names });
  else pieces.renameTag({ site, slug, names });
}

/** The order of a site's menu belongs to whoever may add to it. */
async function moveUp(parts: PiecesParts, visit: SignedIn): Promise<Response> {
  const at = nameAt(visit.params);
  const thing = at && findNamed(parts, at);
  if (thing === undefined || thing.site === null || thing.kind !== "sections") throw new Refusal(404);
  if (!mayAdd(visit.person, thing)) throw new Refusal(403);
  if (!parts.pieces.moveSectionUp(thing.site, thing.key)) {
    return seeOther(addressWith("/names", { notice: "already so" }));
  }
  return await publishNamed(parts, visit, thing, "names.order");
}

/** Readers see a name at once. */
async function publishNamed(
  parts: PiecesParts,
  { person }: SignedIn,
  { kind, key }: NameAt,
  act: string,
): Promise<Response> {
  parts.audit.note({ account: person.id, act, subject: key, detail: kind });
  const outcome: Outcome = { notice: "saved", readers: await reachReaders(parts) };
  return seeOther(addressWith("/names", outcome));
}
