/** Where a text stands, and whose it is: what rights are measured by (src/web/acts.ts). */
import type { Database } from "bun:sqlite";
import { nameIn, type Names } from "../language/names.ts";
import type { InterfaceLanguage } from "../language/tags.ts";
import type { Place } from "../web/acts.ts";
import type { Option } from "../web/components.tsx";
import type { Person, Visit } from "../web/route.ts";
import { studioWords } from "../web/words/index.ts";
import { type SiteName, siteNames } from "./piece.ts";

export interface TextPlace extends Place {
  readonly site: SiteName;
  /** Who wrote its first revision; null for an import. A translation is its translator's. */
  readonly by: string | null;
}

export function placeOfText(database: Database, textId: string): TextPlace | undefined {
  const row = database
    .query<TextPlace, [string]>(
      `SELECT p.site, p.section, r.created_by AS by
       FROM text t JOIN piece p ON p.id = t.piece_id JOIN revision r ON r.text_id = t.id AND r.parent IS NULL
       WHERE t.id = ? ORDER BY r.id LIMIT 1`,
    )
    .get(textId);
  return row ?? undefined;
}

/** What belongs to all languages of a piece (section, tags, bylines) is whose the piece is: who wrote its very first revision. */
export function placeOfPiece(database: Database, pieceId: string): TextPlace | undefined {
  const first = database
    .query<{ id: string }, [string]>("SELECT id FROM text WHERE piece_id = ? ORDER BY id LIMIT 1")
    .get(pieceId);
  return first === null ? undefined : placeOfText(database, first.id);
}

/** For routes below `/texts/:text`. */
export function atText(database: Database): (params: Visit["params"]) => TextPlace | undefined {
  return ({ text }) => (text === undefined ? undefined : placeOfText(database, text));
}

/** Whether a version of a text that this person may read shows the picture, or readers have it. */
export function isPictureShownTo(
  database: Database,
  person: Pick<Person, "may">,
  pictureId: string,
): boolean {
  return database
    .query<Pick<TextPlace, "site" | "section"> & { readonly isPublic: 0 | 1 }, [string]>(
      `SELECT DISTINCT p.site, p.section, t.published_revision IS m.revision_id AS isPublic
       FROM revision_media m JOIN revision r ON r.id = m.revision_id
         JOIN text t ON t.id = r.text_id JOIN piece p ON p.id = t.piece_id
       WHERE m.media_id = ?`,
    )
    .all(pictureId)
    .some(({ isPublic, ...place }) => isPublic === 1 || person.may("read", place));
}

export interface SectionPlace {
  readonly site: SiteName;
  readonly section: string | null;
  /** Null for what stands in no section. */
  readonly names: Names | null;
}

/** Every section of every site, and what stands in none. */
export function allPlaces(database: Database): SectionPlace[] {
  const sections = database
    .query<Omit<SectionPlace, "names"> & { readonly names: string }, []>(
      "SELECT site, slug AS section, names FROM section ORDER BY site DESC, position, slug",
    )
    .all()
    .map((row) => Object.assign(row, { names: JSON.parse(row.names) as Names }));
  return [...siteNames.map((site) => ({ site, section: null, names: null })), ...sections];
}

/** In forms and addresses: `portal/rif`, `portal/`. */
export function placeValue({ site, section }: Pick<Place, "site" | "section">): string {
  return `${site}/${section ?? ""}`;
}

/** For a choice among places: "Main site", "Main site · Rif". */
export function placeOptions(
  database: Database,
  language: InterfaceLanguage,
  isOffered: (place: SectionPlace) => boolean,
): Option[] {
  return allPlaces(database)
    .filter(isOffered)
    .map((place) => {
      const site = studioWords(language).sites[place.site];
      const section = place.names === null ? "" : nameIn(place.names, language).name;
      return { value: placeValue(place), label: section === "" ? site : `${site} · ${section}` };
    });
}

/** Who starts something is the one who may go on writing it. */
export function mayStart(person: Person, { site, section }: Pick<Place, "site" | "section">): boolean {
  return person.may("write", { site, section, by: person.id });
}
