/**
 * Long lists in pages that keep: pages are numbered from the oldest and full, so a new story changes only the list's own
 * address, which holds what has no full page yet: at least one page's worth, less than two.
 */

/** Texts on a numbered page. */
export const pageLength = 20;

export interface ListPage {
  /** Newest first. */
  readonly ids: readonly string[];
  /** Of the whole list at its own address; null on numbered pages, which must not change with it. */
  readonly total: number | null;
  /** Null where there is none. */
  readonly older: number | null;
  /** "first" is the list's own address. */
  readonly newer: number | "first" | null;
}

/** How many numbered pages a list of so many texts has. */
export function numberedPages(total: number): number {
  return Math.max(0, Math.floor(total / pageLength) - 1);
}

/** `ids` newest first; undefined where there is no such page. */
export function listPage(ids: readonly string[], page: number | null): ListPage | undefined {
  const pages = numberedPages(ids.length);
  if (page === null) {
    const shown = ids.slice(0, ids.length - pages * pageLength);
    return { ids: shown, total: ids.length, older: pages === 0 ? null : pages, newer: null };
  }
  if (page < 1 || page > pages) return undefined;
  const end = ids.length - (page - 1) * pageLength;
  return {
    ids: ids.slice(end - pageLength, end),
    total: null,
    older: page === 1 ? null : page - 1,
    newer: page === pages ? "first" : page + 1,
  };
}
