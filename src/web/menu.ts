/** The studio's menu: each feature has its entries. */
import type { Act } from "./acts.ts";
import type { InThreeLanguages } from "./words.ts";

/** Shown to who may do `act` somewhere. */
export interface MenuEntry {
  readonly path: string;
  /** A folder of other addresses that belong to it: `/texts` for the list at `/`. */
  readonly folder?: string;
  readonly act: Act;
  readonly words: InThreeLanguages<string>;
}

/** The one under whose address, or folder, the page lies most closely. */
export function currentEntry(menu: readonly MenuEntry[], pathname: string): MenuEntry | undefined {
  const matches = menu.flatMap((entry) => {
    const lengths = [entry.path, entry.folder ?? entry.path]
      .filter((path) => isWithin(pathname, path))
      .map((path) => path.length);
    return lengths.length === 0 ? [] : [{ entry, length: Math.max(...lengths) }];
  });
  return matches.toSorted((one, other) => other.length - one.length)[0]?.entry;
}

/** "/" holds itself alone: every page lies below it. */
function isWithin(pathname: string, path: string): boolean {
  return pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
}
