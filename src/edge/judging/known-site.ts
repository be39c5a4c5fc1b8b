/** The baseline as a worker asks it: what is known of an address, and which approved copy stands for it. */
import type { BaselineEntry } from "../../guard/manifest.ts";
import { canonicalSpelling, parameterNames } from "../paths.ts";
import { addressOf, type Place } from "./addresses.ts";
import type { BaselineChange, PublishedBaseline } from "./told.ts";

/** Parameters that ask for something, on whatever site: the path's own copy is no answer to them. */
const asking =
  /^(s|q|p|search|query|keys|recherche|cat|tag|id|page|page_id|paged|post_type|feed|preview|action)$/i;

type About = Omit<PublishedBaseline, "entries">;

export class KnownSite {
  readonly about: About;
  readonly #entries: ReadonlyMap<string, BaselineEntry>;
  /** Names of parameters that make another page of a path, by path. */
  readonly #picking = new Map<string, Set<string>>();

  /** `entries`: by address. */
  private constructor(about: About, entries: ReadonlyMap<string, BaselineEntry>) {
    this.about = about;
    this.#entries = entries;
    for (const { path, query } of entries.values()) if (query !== undefined) this.#notePicking(path, query);
  }

  static of({ entries, ...about }: PublishedBaseline): KnownSite {
    return new KnownSite(about, new Map(entries.map((entry) => [addressOf(entry), entry])));
  }

  /** `before`: undefined where there was none. */
  static after(before: KnownSite | undefined, { removed, added, ...about }: BaselineChange): KnownSite {
    const entries = new Map(before === undefined ? [] : before.#entries);
    for (const address of removed) entries.delete(address);
    for (const entry of added) entries.set(addressOf(entry), entry);
    return new KnownSite(about, entries);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** At just this address. */
  find(place: Place): BaselineEntry | undefined {
    return this.#entries.get(addressOf(place));
  }

  /** Also where the query says nothing that would make another page of the path. */
  copyFor(place: Place): BaselineEntry | undefined {
    const exact = this.find(place);
    if (exact !== undefined || place.query === undefined) return exact;
    const path = canonicalSpelling(place.path);
    const picking = this.#picking.get(path);
    const asks = (name: string): boolean => asking.test(name) || picking?.has(name) === true;
    return parameterNames(place.query).some(asks) ? undefined : this.#entries.get(path);
  }

  #notePicking(path: string, query: string): void {
    const spelled = canonicalSpelling(path);
    const names = this.#picking.get(spelled) ?? new Set();
    for (const name of parameterNames(query)) names.add(name);
    this.#picking.set(spelled, names);
  }
}
