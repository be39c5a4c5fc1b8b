/** Old addresses that lead on. A redirect never leads to another one: readers make one hop, and no circle can form. */
import type { Database } from "bun:sqlite";
import { canonicalPath } from "./path.ts";
import { textsWhere } from "./rows.ts";
import type { Pieces } from "./api.ts";

interface AddressRow {
  readonly own: 0 | 1;
  readonly text_id: string | null;
  readonly target: string | null;
}

/** What a query may hold so that it can stand in the metadata and in a location as it is. */
const plainQuery = /^[\w.~%&=+,:@/-]{0,500}$/;

export function redirectStore(database: Database): Pick<Pieces, "addRedirect" | "textAt"> {
  const at = (site: string, path: string, query: string): AddressRow | undefined =>
    database
      .query<AddressRow, [string, string, string]>(
        "SELECT own, text_id, target FROM address WHERE site = ? AND path = ? AND query = ?",
      )
      .get(site, path, query) ?? undefined;
  const isTarget = (site: string, path: string): boolean =>
    database.query("SELECT 1 FROM address WHERE site = ? AND target = ?").get(site, path) !== null;

  return {
    addRedirect({ site, path, query = "", to }) {
      const from = canonicalPath(path);
      const target = "path" in to ? canonicalPath(to.path) : null;
      if (from === undefined || target === undefined || !plainQuery.test(query)) return "not an address";
      const textId = "text" in to ? to.text : null;
      const known = at(site, from, query);
      if (known !== undefined) {
        return known.own === 0 && known.text_id === textId && known.target === target ? "known" : "taken";
      }
      const wouldChain = query === "" && (from === target || isTarget(site, from));
      if (wouldChain || (target !== null && at(site, target, "")?.own === 0)) return "taken";
      database
        .query("INSERT INTO address (site, path, query, own, text_id, target) VALUES (?, ?, ?, 0, ?, ?)")
        .run(site, from, query, textId, target);
      return "added";
    },
    textAt(site, path) {
      const from = canonicalPath(path);
      return from === undefined
        ? undefined
        : textsWhere(
            database,
            "id = (SELECT text_id FROM address WHERE site = ? AND path = ? AND query = '')",
            site,
            from,
          )[0];
    },
  };
}
