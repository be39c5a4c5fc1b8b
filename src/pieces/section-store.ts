/** Sections and tags: slugs with names in each language. */
import type { Database } from "bun:sqlite";
import { namesSchema } from "../language/names.ts";
import { isSlug } from "../language/slug.ts";
import type { Section, SiteName, Tag } from "./piece.ts";
import type { Pieces } from "./api.ts";

type Named<T> = Omit<T, "names"> & { readonly names: string };

export function sectionStore(
  database: Database,
): Pick<
  Pieces,
  "addSection" | "sections" | "renameSection" | "moveSectionUp" | "addTag" | "tags" | "renameTag"
> {
  const rename = (table: "section" | "tag", { site, slug, names }: Tag): boolean => {
    const written = JSON.stringify(namesSchema.parse(names));
    const { changes } = database
      .query(`UPDATE ${table} SET names = ? WHERE site = ? AND slug = ?`)
      .run(written, site, slug);
    return changes > 0;
  };
  return {
    renameSection: (section) => rename("section", section),
    renameTag: (tag) => rename("tag", tag),
    moveSectionUp: (site, slug) => database.transaction(() => moveUp(database, site, slug))(),
    addSection: ({ site, slug, names }) => {
      const { changes } = database
        .query(
          `INSERT INTO section (site, slug, names, position)
           VALUES (?1, ?2, ?3, (SELECT count(*) FROM section WHERE site = ?1)) ON CONFLICT DO NOTHING`,
        )
        .run(site, checked(slug), JSON.stringify(namesSchema.parse(names)));
      return { added: changes > 0 };
    },
    sections: (site) =>
      database
        .query<Named<Section>, [SiteName]>("SELECT * FROM section WHERE site = ? ORDER BY position, slug")
        .all(site)
        .map(withNames),
    addTag: ({ site, slug, names }) => {
      const { changes } = database
        .query("INSERT INTO tag (site, slug, names) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .run(site, checked(slug), JSON.stringify(namesSchema.parse(names)));
      return { added: changes > 0 };
    },
    tags: (site) =>
      database
        .query<Named<Tag>, [SiteName]>("SELECT * FROM tag WHERE site = ? ORDER BY slug")
        .all(site)
        .map(withNames),
  };
}

/** Positions are written anew from 0: an import may have left gaps, or the same one twice. */
function moveUp(database: Database, site: SiteName, slug: string): boolean {
  const slugs = database
    .query<{ slug: string }, [SiteName]>("SELECT slug FROM section WHERE site = ? ORDER BY position, slug")
    .all(site)
    .map((row) => row.slug);
  const at = slugs.indexOf(slug);
  if (at < 1) return false;
  slugs.splice(at - 1, 2, slug, ...slugs.slice(at - 1, at));
  const place = database.query("UPDATE section SET position = ? WHERE site = ? AND slug = ?");
  for (const [position, each] of slugs.entries()) place.run(position, site, each);
  return true;
}

function checked(slug: string): string {
  if (!isSlug(slug)) throw new Error(`adding a section or tag: "${slug}" is not a slug`);
  return slug;
}

function withNames<T extends { readonly names: string }>(row: T): Omit<T, "names"> & Pick<Tag, "names"> {
  return { ...row, names: JSON.parse(row.names) as Tag["names"] };
}
